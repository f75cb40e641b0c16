package org.heliograph.dicom.io;

import java.util.HexFormat;

/** Bytes written as annotated hexadecimal: {@code #} starts a comment. */
public final class Hex {
  private Hex() {}

  public static byte[] bytes(String annotated) {
    return HexFormat.of().parseHex(annotated.replaceAll("#.*", "").replaceAll("\\s", ""));
  }
}
