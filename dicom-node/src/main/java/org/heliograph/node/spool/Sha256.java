package org.heliograph.node.spool;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every JDK has. */
final class Sha256 {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Sha256() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** Of what is left of a stream, hexadecimal. */
  static String of(InputStream in) throws IOException {
    MessageDigest digest = begin();
    var _ = update(digest, in);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** How many bytes were left of a stream. */
  static long update(MessageDigest digest, InputStream in) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long count = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      count += n;
    }
    return count;
  }
}
