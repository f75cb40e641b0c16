package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * An answer of parts, streamed one after the other, with its length told in advance. The first part
 * is opened before any of it is told, so that a store that is away can still be answered honestly.
 */
final class MultipartRelated {
  private static final int BUFFER_BYTES = 256 * 1024;

  private MultipartRelated() {}

  /** One part; it is opened when it is its turn. */
  interface Part {
    String contentType();

    long byteCount() throws IOException;

    InputStream open() throws IOException;
  }

  /** Writes the parts as {@code multipart/related} of {@code type}. */
  static void write(HttpServletResponse response, String type, List<? extends Part> parts)
      throws IOException {
    String boundary = "heliograph-" + UUID.randomUUID();
    long length = ending(boundary).length;
    for (Part part : parts) {
      length += heading(boundary, part).length + part.byteCount() + 2;
    }
    InputStream opened = parts.isEmpty() ? null : parts.getFirst().open();
    try {
      response.setContentType(
          "multipart/related; type=\"" + type + "\"; boundary=\"" + boundary + "\"");
      response.setContentLengthLong(length);
      OutputStream out = response.getOutputStream();
      for (Part part : parts) {
        out.write(heading(boundary, part));
        InputStream in = opened == null ? part.open() : opened;
        opened = null;
        copy(in, out);
        out.write('\r');
        out.write('\n');
      }
      out.write(ending(boundary));
      out.flush();
    } finally {
      if (opened != null) {
        opened.close();
      }
    }
  }

  /** Writes one part as the body itself. */
  static void writeSingle(HttpServletResponse response, Part part) throws IOException {
    InputStream in = part.open();
    response.setContentType(part.contentType());
    response.setContentLengthLong(part.byteCount());
    copy(in, response.getOutputStream());
    response.getOutputStream().flush();
  }

  private static byte[] heading(String boundary, Part part) throws IOException {
    return ("--"
            + boundary
            + "\r\nContent-Type: "
            + part.contentType()
            + "\r\nContent-Length: "
            + part.byteCount()
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] ending(String boundary) {
    return ("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static void copy(InputStream opened, OutputStream out) throws IOException {
    try (InputStream in = opened) {
      var buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
  }
}
