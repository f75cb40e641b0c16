package org.heliograph.reader.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart body (RFC 2046 Section 5.1) part by part, in memory of a fixed size. What is
 * malformed or beyond the limits ends the request as a {@link ProblemException}, also while a
 * part's body is read.
 */
final class MultipartReader {
  /** RFC 2046 has 70 characters at most; Orthanc's are longer. */
  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,199}[0-9A-Za-z'()+_,./:=?-]");

  private static final int BUFFER_BYTES = 128 * 1024;

  private final InputStream in;
  private final MultipartLimits limits;
  private final byte[] delimiter;
  private final int[] shift = new int[256];
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Unread bytes are {@code from} to {@code to}; those before {@code safe} are of this part. */
  private int from;

  private int safe;
  private int to;
  private boolean atDelimiter;
  private boolean started;
  private int parts;

  /** One part; its body ends with the next call of {@link #next}. */
  record Part(Map<String, String> headers, InputStream body) {
    Part {
      headers = Map.copyOf(headers);
    }

    ContentType contentType() {
      return ContentType.parse(headers.get("content-type"));
    }
  }

  /**
   * @param boundary as the Content-Type tells it
   */
  MultipartReader(InputStream in, String boundary, MultipartLimits limits) {
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw malformed("the Content-Type has no valid boundary");
    }
    this.in = in;
    this.limits = limits;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(shift, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      shift[delimiter[i] & 0xFF] = delimiter.length - 1 - i;
    }
    // The first delimiter needs no line break before it when nothing stands before it.
    buffer[0] = '\r';
    buffer[1] = '\n';
    to = 2;
  }

  /** The next part, or null behind the last. */
  @Nullable Part next() throws IOException {
    var rest = new Body(started ? limits.partBytes() : limits.headerBytes());
    rest.transferTo(java.io.OutputStream.nullOutputStream());
    started = true;
    from += delimiter.length;
    atDelimiter = false;
    safe = from;
    if (isLast()) {
      return null;
    }
    if (++parts > limits.parts()) {
      throw tooLarge("there are more than " + limits.parts() + " parts");
    }
    Map<String, String> headers = headers();
    safe = from;
    return new Part(headers, new Body(limits.partBytes()));
  }

  /** What stands on the delimiter's line: two hyphens at the end of all, else only blanks. */
  private boolean isLast() throws IOException {
    int b = one();
    if (b == '-') {
      if (one() != '-') {
        throw malformed("a line begins as the boundary does");
      }
      return true;
    }
    for (int blanks = 0; b == ' ' || b == '\t'; b = one()) {
      if (++blanks > limits.headerBytes()) {
        throw malformed("a boundary line does not end");
      }
    }
    if (b != '\r' || one() != '\n') {
      throw malformed("a line begins as the boundary does");
    }
    return false;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int left = limits.headerBytes();
    for (String line = line(left); !line.isEmpty(); line = line(left)) {
      left -= line.length() + 2;
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw malformed("a part has a header line without a name");
      }
      headers.putIfAbsent(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String line(int maxBytes) throws IOException {
    var line = new StringBuilder();
    for (int b = one(); b != '\n'; b = one()) {
      if (line.length() >= maxBytes) {
        throw malformed("a part has more than " + limits.headerBytes() + " bytes of headers");
      }
      line.append((char) b);
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw malformed("a header line does not end as it should");
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  private int one() throws IOException {
    if (from == to && !fill()) {
      throw malformed("the body ends within a part");
    }
    return buffer[from++] & 0xFF;
  }

  /** Whether there are bytes of this part; false at the delimiter. */
  private boolean more() throws IOException {
    while (from >= safe && !atDelimiter) {
      int found = find();
      if (found >= 0) {
        safe = found;
        atDelimiter = true;
      } else {
        safe = Math.max(from, to - delimiter.length + 1);
        if (safe == from && !fill()) {
          throw malformed("the body ends within a part");
        }
      }
    }
    return from < safe;
  }

  /** Moves what is unread to the front and reads on; false at the end. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    safe = Math.max(0, safe - from);
    from = 0;
    int n = in.read(buffer, to, buffer.length - to);
    to += Math.max(n, 0);
    return n > 0;
  }

  /** Where the delimiter begins in what is unread, or -1 (Horspool's search). */
  private int find() {
    int last = delimiter.length - 1;
    for (int at = from; at + last < to; at += shift[buffer[at + last] & 0xFF]) {
      if (Arrays.equals(buffer, at, at + last + 1, delimiter, 0, last + 1)) {
        return at;
      }
    }
    return -1;
  }

  private final class Body extends InputStream {
    private long left;

    Body(long maxBytes) {
      this.left = maxBytes;
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
      if (!more()) {
        return -1;
      }
      int n = Math.min(length, safe - from);
      left -= n;
      if (left < 0) {
        throw tooLarge("a part is larger than " + (started ? limits.partBytes() : "allowed"));
      }
      System.arraycopy(buffer, from, bytes, offset, n);
      from += n;
      return n;
    }
  }

  private static ProblemException malformed(String what) {
    return new ProblemException(ProblemCode.PARTS_MALFORMED, what);
  }

  private static ProblemException tooLarge(String what) {
    return new ProblemException(ProblemCode.PARTS_TOO_LARGE, what);
  }
}
