package org.heliograph.samples.benchmark.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes the only part out of an answer of multipart/related. */
final class Multipart {
  private Multipart() {}

  static byte[] first(byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int boundary = text.indexOf("--");
    int line = text.indexOf("\r\n", boundary);
    int body = text.indexOf("\r\n\r\n", boundary);
    if (boundary < 0 || line < 0 || body < 0) {
      throw new IOException("the answer has no parts");
    }
    int end = text.indexOf("\r\n" + text.substring(boundary, line), body);
    return Arrays.copyOfRange(answer, body + 4, end < 0 ? answer.length : end);
  }
}
