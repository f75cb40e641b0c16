package org.heliograph.dicom.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A date as DA holds it (PS3.5 6.2): a day of the Gregorian calendar, never a part of one. {@code
 * toString()} shows nothing, as a date of birth identifies.
 */
public record DicomDate(LocalDate value) {
  /**
   * Reads {@code yyyyMMdd}, or {@code yyyy.MM.dd} as ACR-NEMA wrote it; empty when it is neither.
   */
  public static Optional<DicomDate> parse(String text) {
    DigitScanner in = new DigitScanner(text);
    int year = in.digits(4);
    boolean dotted = in.take('.');
    int month = in.digits(2);
    if (dotted && !in.take('.')) {
      return Optional.empty();
    }
    int day = in.digits(2);
    if (year < 0 || month < 0 || day < 0 || !in.atEnd()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new DicomDate(LocalDate.of(year, month, day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The value as DA writes it: {@code yyyyMMdd}. */
  public String text() {
    return DateTimeFormatter.BASIC_ISO_DATE.format(value);
  }

  @Override
  public String toString() {
    return "DicomDate[***]";
  }
}
