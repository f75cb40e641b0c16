package org.heliograph.dicom.xml;

import java.io.IOException;

/** What XML 1.0 can carry, and how (Section 2.2 and 2.4 of that recommendation). */
final class XmlCharacters {
  private XmlCharacters() {}

  static boolean canCarry(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' ? c != '\t' && c != '\n' && c != '\r' : c >= 0xD800) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else if (c < ' ' || Character.isSurrogate(c) || c >= 0xFFFE) {
          return false;
        }
      }
    }
    return true;
  }

  /** Text for content and for attributes in double quotes; line ends survive a parser. */
  static void append(Appendable out, String text) throws IOException {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      String escaped =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\r' -> "&#13;";
            case '\n' -> "&#10;";
            case '\t' -> "&#9;";
            // Line ends of XML 1.1, which some parsers change.
            case '\u0085' -> "&#133;";
            case '\u2028' -> "&#8232;";
            default -> "";
          };
      if (!escaped.isEmpty()) {
        out.append(text, start, i).append(escaped);
        start = i + 1;
      }
    }
    out.append(text, start, text.length());
  }
}
