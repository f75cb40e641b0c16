package org.heliograph.archive.catalog;

/**
 * Makes header text fit for a column: no NUL or other control character, no unpaired surrogate,
 * bounded. The bytes as received stay in the blob.
 */
public final class HeaderText {
  private HeaderText() {}

  /** The text as a column of so many characters takes it. */
  public static String column(String text, int maxLength) {
    var kept = new StringBuilder(Math.min(text.length(), maxLength));
    for (int i = 0; i < text.length() && kept.length() < maxLength; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        kept.append('\uFFFD');
      } else if (Character.isISOControl(character)) {
        kept.append(' ');
      } else if (kept.length() + Character.charCount(character) <= maxLength) {
        kept.appendCodePoint(character);
      } else {
        break;
      }
    }
    return kept.toString().strip();
  }
}
