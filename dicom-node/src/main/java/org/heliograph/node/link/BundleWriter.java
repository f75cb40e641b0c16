package org.heliograph.node.link;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Writes several objects as one MIME entity of the kind multipart/related (RFC 2045, RFC 2387), its
 * own header included, so that a file of it explains itself to any mail or web library. Each part
 * has a Content-ID and a Content-Length. The same objects in the same order give the same bytes.
 *
 * <p>Nothing is buffered beyond the stream's own buffers; closing writes the end and leaves the
 * stream open.
 */
public final class BundleWriter implements Closeable {
  /** Part 10 files, as STOW-RS has them (PS3.18 8.7.1). */
  public static final String DICOM = "application/dicom";

  /** Previews. */
  public static final String JPEG = "image/jpeg";

  /** A SOP Instance UID or a UUID. */
  static final Pattern CONTENT_ID = Pattern.compile("[0-9A-Za-z.-]{1,64}");

  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;
  private final String type;
  private final String boundary;
  private boolean begun;
  private boolean closed;

  /**
   * A bundle of parts that are all of one media type.
   *
   * @param contents what tells the contents apart from any other, such as their digests: the
   *     boundary is made of their SHA-256, which no content can foresee
   */
  public BundleWriter(OutputStream out, String type, Collection<String> contents) {
    this.out = out;
    this.type = type;
    this.boundary = "heliograph-" + HexFormat.of().formatHex(digest(contents), 0, 16);
  }

  /** Appends one object; the stream is read to its end and not closed. */
  public void add(String contentId, long lengthBytes, InputStream content) throws IOException {
    if (!CONTENT_ID.matcher(contentId).matches()) {
      throw new IllegalArgumentException("content id of " + contentId.length() + " characters");
    }
    begin();
    text(
        "\r\n--"
            + boundary
            + "\r\nContent-Type: "
            + type
            + "\r\nContent-ID: <"
            + contentId
            + "@heliograph>\r\nContent-Transfer-Encoding: binary\r\nContent-Length: "
            + lengthBytes
            + "\r\n\r\n");
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = lengthBytes;
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      left -= n;
      if (left < 0) {
        break;
      }
      out.write(buffer, 0, n);
    }
    if (left != 0) {
      throw new IOException("an object of a bundle has not the " + lengthBytes + " bytes it had");
    }
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      text(
          "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\""
              + type
              + "\"; boundary=\""
              + boundary
              + "\"\r\n");
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      begin();
      text("\r\n--" + boundary + "--\r\n");
      out.flush();
    }
  }

  private void text(String ascii) throws IOException {
    out.write(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] digest(Collection<String> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String each : contents) {
        digest.update(each.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
