package org.heliograph.dicom.charset;

/** The characters at which code extensions fall back to the first set (PS3.5 6.1.2.5.3). */
public enum Delimiters {
  /** Control characters only: LT, ST, UT. */
  PARAGRAPH(""),
  /** Backslash too: LO, SH, UC. */
  VALUE("\\"),
  /** Caret and equals sign too: PN. */
  PERSON_NAME("\\^=");

  private final String characters;

  Delimiters(String characters) {
    this.characters = characters;
  }

  boolean contains(int c) {
    return c == '\t' || c == '\n' || c == '\f' || c == '\r' || characters.indexOf(c) >= 0;
  }
}
