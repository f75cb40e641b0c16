package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.reader.problem.BrokenOffException;
import org.heliograph.reader.problem.ProblemException;

/**
 * An answer of parts, streamed one after the other; where each part's length is known, the whole
 * length is told in advance. The first part is opened before any of it is told, so that a store
 * that is away can still be answered honestly.
 */
final class MultipartRelated {
  private static final int BUFFER_BYTES = 256 * 1024;

  /** The length of a part that is made while it is written. */
  static final long UNKNOWN = -1;

  private MultipartRelated() {}

  /** One part; it is opened when it is its turn. */
  interface Part {
    /** Asked for once the part is open. */
    String contentType();

    /** {@link #UNKNOWN} where the part is made while it is written. */
    long byteCount() throws IOException;

    /** Opens what the part is made of; what fails here, fails before the part has begun. */
    Source open() throws IOException;
  }

  /** An opened part. */
  interface Source extends AutoCloseable {
    void writeTo(OutputStream out) throws IOException;

    @Override
    void close() throws IOException;

    static Source of(InputStream in) {
      return new Source() {
        @Override
        public void writeTo(OutputStream out) throws IOException {
          var buffer = new byte[BUFFER_BYTES];
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
          }
        }

        @Override
        public void close() throws IOException {
          in.close();
        }
      };
    }
  }

  /** Writes the parts as {@code multipart/related} of {@code type}. */
  static void write(HttpServletResponse response, String type, List<? extends Part> parts)
      throws IOException {
    String boundary = "heliograph-" + UUID.randomUUID();
    long length = length(boundary, parts);
    Source opened = parts.isEmpty() ? null : parts.getFirst().open();
    try {
      response.setContentType(
          "multipart/related; type=\"" + type + "\"; boundary=\"" + boundary + "\"");
      if (length >= 0) {
        response.setContentLengthLong(length);
      }
      OutputStream out = response.getOutputStream();
      for (Part part : parts) {
        try (Source source = opened == null ? part.open() : opened) {
          opened = null;
          out.write(heading(boundary, part));
          source.writeTo(out);
        }
        out.write('\r');
        out.write('\n');
      }
      out.write(ending(boundary));
      out.flush();
    } catch (ProblemException | StoreUnavailableException fault) {
      if (response.isCommitted()) {
        throw new BrokenOffException(fault);
      }
      throw fault;
    } finally {
      if (opened != null) {
        opened.close();
      }
    }
  }

  /** Writes one part as the body itself. */
  static void writeSingle(HttpServletResponse response, Part part) throws IOException {
    try (Source source = part.open()) {
      response.setContentType(part.contentType());
      if (part.byteCount() >= 0) {
        response.setContentLengthLong(part.byteCount());
      }
      source.writeTo(response.getOutputStream());
      response.getOutputStream().flush();
    }
  }

  /** The length of all, {@link #UNKNOWN} where that of a part is. */
  private static long length(String boundary, List<? extends Part> parts) throws IOException {
    long length = ending(boundary).length;
    for (Part part : parts) {
      long ofPart = part.byteCount();
      if (ofPart < 0) {
        return UNKNOWN;
      }
      length += heading(boundary, part).length + ofPart + 2;
    }
    return length;
  }

  private static byte[] heading(String boundary, Part part) throws IOException {
    long byteCount = part.byteCount();
    String length = byteCount < 0 ? "" : "Content-Length: " + byteCount + "\r\n";
    return ("--" + boundary + "\r\nContent-Type: " + part.contentType() + "\r\n" + length + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] ending(String boundary) {
    return ("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
