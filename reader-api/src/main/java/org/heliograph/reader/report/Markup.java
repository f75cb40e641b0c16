package org.heliograph.reader.report;

import java.text.Bidi;

/** Hostile plain text into XHTML: escaped, without control characters, in its own direction. */
final class Markup {
  private Markup() {}

  static String text(String plain) {
    StringBuilder out = new StringBuilder(plain.length() + 16);
    plain
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> {
              if (isPrintable(c)) {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.toString();
  }

  /** A block of text, keeping its lines; right-to-left text is set from the right. */
  static String block(String tag, String cssClass, String plain) {
    String direction = isRightToLeft(plain) ? " dir=\"rtl\"" : "";
    return "<"
        + tag
        + " class=\""
        + cssClass
        + "\""
        + direction
        + ">"
        + text(plain.strip())
        + "</"
        + tag
        + ">";
  }

  /** A run of text inside a line, kept together in its own direction. */
  static String span(String plain) {
    return block("span", "t", plain);
  }

  static boolean isRightToLeft(String plain) {
    return !new Bidi(plain, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
  }

  private static boolean isPrintable(int c) {
    // XML 1.0 allows no other control characters; directional overrides could reorder a text.
    boolean control = c < 0x20 && c != '\n' && c != '\t';
    boolean override = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean noCharacter = (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
    return !control && c != 0x7F && !(c >= 0x80 && c <= 0x9F) && !override && !noCharacter;
  }
}
