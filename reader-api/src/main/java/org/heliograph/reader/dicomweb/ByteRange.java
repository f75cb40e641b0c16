package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one range of a Range header (RFC 9110 Section 14).
 *
 * @param byteCount 0 where the range has nothing of the content
 */
record ByteRange(long first, long byteCount) {
  private static final Pattern ONE =
      Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

  /**
   * What is asked for of {@code length} bytes; null where all of it is to be given: without the
   * header, with several ranges, and where If-Range names a validator, as ours are weak.
   */
  static @Nullable ByteRange of(HttpServletRequest request, long length) {
    String header = request.getHeader("Range");
    if (header == null || request.getHeader("If-Range") != null) {
      return null;
    }
    Matcher one = ONE.matcher(header.strip());
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return null;
    }
    if (one.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(one.group(2)), length);
      return new ByteRange(length - last, last);
    }
    long first = Long.parseLong(one.group(1));
    long end = one.group(2).isEmpty() ? length : Long.parseLong(one.group(2)) + 1;
    if (end <= first && !one.group(2).isEmpty()) {
      return null; // not a range at all
    }
    return new ByteRange(first, Math.max(0, Math.min(end, length) - first));
  }

  /** The value of Content-Range. */
  String header(long length) {
    return "bytes " + first + "-" + (first + byteCount - 1) + "/" + length;
  }
}
