package org.heliograph.reader.orders;

/** Makes text fit the attributes of a worklist item (PS3.5 Table 6.2-1). */
final class ItemText {
  private ItemText() {}

  /** One line without backslashes and control characters, of at most so many characters. */
  static String line(String text, int longest) {
    String line =
        text.codePoints()
            .map(c -> c == '\\' || Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest)).strip();
  }
}
