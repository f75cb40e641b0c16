package org.heliograph.reader.dicomweb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The body of a store request, part by part. */
final class StowBody {
  private static final String BOUNDARY = "part-of-it";
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  static String contentType(String root) {
    return "multipart/related; type=\"" + root + "\"; boundary=" + BOUNDARY;
  }

  StowBody part(String contentType, byte[] body) {
    return part(contentType, "", body);
  }

  StowBody part(String contentType, String location, byte[] body) {
    String header = location.isEmpty() ? "" : "Content-Location: " + location + "\r\n";
    text("--" + BOUNDARY + "\r\nContent-Type: " + contentType + "\r\n" + header + "\r\n");
    bytes.writeBytes(body);
    return text("\r\n");
  }

  private StowBody text(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
    return this;
  }

  byte[] end() {
    return text("--" + BOUNDARY + "--\r\n").bytes.toByteArray();
  }
}
