package org.heliograph.node.link;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BundleWriter} writes, part by part in memory of a fixed size, from a gateway
 * that may be hostile: what is malformed, beyond the limits or of another media type is a {@link
 * BundleFormatException}, also while a part's body is read. Stricter than RFC 2046: each part says
 * its length, and no line stands before the first one.
 *
 * <p>Not for several threads. The stream is not closed.
 */
public final class BundleReader {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_LINE = 1024;
  private static final int MAX_HEADER_LINES = 16;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern TYPE =
      Pattern.compile("type=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");

  private final InputStream in;
  private final String type;
  private final Limits limits;
  private String delimiter = "";
  private @Nullable Body open;
  private int parts;
  private boolean ended;

  /**
   * How much is taken.
   *
   * @param parts at most
   * @param partBytes of one part's body
   */
  public record Limits(int parts, long partBytes) {}

  /**
   * One object.
   *
   * @param contentId a SOP Instance UID or the id of a document
   * @param body ends with the part; not to be read once the next part is asked for
   */
  public record Part(String contentId, long lengthBytes, InputStream body) {
    /** UIDs identify a patient's study, so they are not shown. */
    @Override
    public String toString() {
      return "Part[" + lengthBytes + " bytes]";
    }
  }

  /**
   * @param type the media type that every part must have, such as {@link BundleWriter#DICOM}
   */
  public BundleReader(InputStream in, String type, Limits limits) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.type = type;
    this.limits = limits;
  }

  /** The next part, or null behind the last; what was left of the one before is passed over. */
  public @Nullable Part next() throws IOException {
    if (ended) {
      return null;
    }
    if (delimiter.isEmpty()) {
      begin();
    } else if (open != null) {
      open.transferTo(OutputStream.nullOutputStream());
      expectLineBreak();
    }
    String line = line();
    if (line.equals(delimiter + "--")) {
      ended = true;
      return null;
    }
    if (!line.equals(delimiter)) {
      throw new BundleFormatException("a part does not end where it said");
    }
    if (++parts > limits.parts()) {
      throw new BundleFormatException("there are more than " + limits.parts() + " parts");
    }
    Map<String, String> header = header();
    if (!mediaType(header).equals(type)) {
      throw new BundleFormatException("a part is not of the type " + type);
    }
    long length = length(header);
    open = new Body(in, length);
    return new Part(contentId(header), length, open);
  }

  private void begin() throws IOException {
    Map<String, String> header = header();
    String contentType = header.getOrDefault("content-type", "");
    if (!mediaType(header).equals("multipart/related")
        || !value(TYPE, contentType).equalsIgnoreCase(type)) {
      throw new BundleFormatException("this is no multipart/related of " + type);
    }
    String boundary = value(BOUNDARY, contentType);
    if (boundary.isEmpty()) {
      throw new BundleFormatException("the bundle has no boundary");
    }
    delimiter = "--" + boundary;
  }

  private static String mediaType(Map<String, String> header) {
    String text = header.getOrDefault("content-type", "");
    int end = text.indexOf(';');
    return (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static String value(Pattern parameter, String header) {
    Matcher found = parameter.matcher(header);
    if (!found.find()) {
      return "";
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private long length(Map<String, String> header) throws BundleFormatException {
    String text = header.getOrDefault("content-length", "");
    if (!LENGTH.matcher(text).matches()) {
      throw new BundleFormatException("a part does not say its length");
    }
    long length = Long.parseLong(text);
    if (length > limits.partBytes()) {
      throw new BundleFormatException(
          "a part of " + length + " bytes exceeds the limit of " + limits.partBytes());
    }
    return length;
  }

  private static String contentId(Map<String, String> header) throws BundleFormatException {
    String text = header.getOrDefault("content-id", "");
    int at = text.indexOf('@');
    String id = text.startsWith("<") && at > 0 ? text.substring(1, at) : "";
    if (!BundleWriter.CONTENT_ID.matcher(id).matches()) {
      throw new BundleFormatException("a part has no usable Content-ID");
    }
    return id;
  }

  private Map<String, String> header() throws IOException {
    Map<String, String> header = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1 || header.size() >= MAX_HEADER_LINES) {
        throw new BundleFormatException("a header is malformed");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      if (header.put(name, line.substring(colon + 1).strip()) != null) {
        throw new BundleFormatException("a header names something twice");
      }
    }
    return header;
  }

  private void expectLineBreak() throws IOException {
    if (in.read() != '\r' || in.read() != '\n') {
      throw new BundleFormatException("a part does not end where it said");
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0 || b == '\n' || line.length() >= MAX_LINE) {
        throw new BundleFormatException(
            b < 0 ? "the bundle ends too soon" : "a line is malformed or too long");
      }
      line.append((char) b);
    }
    if (in.read() != '\n') {
      throw new BundleFormatException("a line is malformed or too long");
    }
    return line.toString();
  }

  private static final class Body extends InputStream {
    private final InputStream in;
    private long left;

    Body(InputStream in, long length) {
      this.in = in;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int n = in.read(bytes, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new BundleFormatException("the bundle ends too soon");
      }
      left -= n;
      return n;
    }
  }
}
