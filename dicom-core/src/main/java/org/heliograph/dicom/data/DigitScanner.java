package org.heliograph.dicom.data;

/** Reads groups of digits from the text of a date or time. */
final class DigitScanner {
  static final int NONE = -1;

  private final String text;
  private int next;

  DigitScanner(String text) {
    this.text = text.strip();
  }

  boolean atEnd() {
    return next == text.length();
  }

  boolean atDigit() {
    return next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9';
  }

  /** Takes the character if it comes next. */
  boolean take(char c) {
    if (next < text.length() && text.charAt(next) == c) {
      next++;
      return true;
    }
    return false;
  }

  /** The number of the next so many digits, or {@link #NONE} when there are fewer. */
  int digits(int count) {
    if (text.length() - next < count) {
      return NONE;
    }
    int value = 0;
    for (int i = next; i < next + count; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return NONE;
      }
      value = value * 10 + c - '0';
    }
    next += count;
    return value;
  }

  /** The digits after a point as they are: 1 to 6, else empty. */
  String fraction() {
    int start = next;
    while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
      next++;
    }
    return next - start > 6 ? "" : text.substring(start, next);
  }
}
