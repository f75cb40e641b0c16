package org.heliograph.reader.dicomweb;

import java.io.IOException;
import java.io.Reader;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a JSON array one after the other, each as its text, so that a series of any length
 * is read in the memory of one instance. A single object without an array is taken as well.
 */
final class JsonObjects {
  private final Reader in;
  private final int maxChars;
  private boolean array;
  private boolean first = true;
  private boolean ended;

  /**
   * @param in buffered
   * @param maxChars of one object
   */
  JsonObjects(Reader in, int maxChars) {
    this.in = in;
    this.maxChars = maxChars;
  }

  /** The next object, null behind the last. What is no JSON at all ends the request (TR-0320). */
  @Nullable String next() throws IOException {
    if (ended) {
      return null;
    }
    int c = afterSpace();
    if (first) {
      first = false;
      array = c == '[';
      c = array ? afterSpace() : c;
      if (c == ']' && array) {
        return end();
      }
    } else if (!array || c == ']') {
      return c == (array ? ']' : -1) ? end() : bad();
    } else {
      c = c == ',' ? afterSpace() : -2;
    }
    return c == '{' ? object() : bad();
  }

  private @Nullable String end() throws IOException {
    ended = true;
    return array && afterSpace() != -1 ? bad() : null;
  }

  private String object() throws IOException {
    var text = new StringBuilder(4096).append('{');
    int depth = 1;
    boolean inString = false;
    while (depth > 0) {
      int c = in.read();
      if (c < 0) {
        return bad();
      }
      if (text.length() >= maxChars) {
        throw new ProblemException(
            ProblemCode.PARTS_TOO_LARGE, "the metadata of an instance has over " + maxChars);
      }
      text.append((char) c);
      if (inString) {
        if (c == '\\') {
          int escaped = in.read();
          text.append(escaped < 0 ? ' ' : (char) escaped);
        }
        inString = c != '"';
      } else {
        inString = c == '"';
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
    }
    return text.toString();
  }

  private int afterSpace() throws IOException {
    int c = in.read();
    while (c == ' ' || c == '\t' || c == '\r' || c == '\n' || (first && c == '\uFEFF')) {
      c = in.read();
    }
    return c;
  }

  private static String bad() {
    throw new ProblemException(
        ProblemCode.METADATA_NOT_UNDERSTOOD, "it is not an array of JSON objects");
  }
}
