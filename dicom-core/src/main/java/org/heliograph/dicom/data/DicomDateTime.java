package org.heliograph.dicom.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A date and time as DT holds it (PS3.5 6.2): a year alone or down to microseconds, with or without
 * an offset from UTC.
 *
 * @param earliest the first moment that the value names; what it leaves open is the lowest
 * @param offset from UTC; null where the value has none, then that of the data set counts
 */
public record DicomDateTime(
    LocalDateTime earliest, TemporalPrecision precision, @Nullable ZoneOffset offset) {
  private static final int MIN_OFFSET_MINUTES = -12 * 60;
  private static final int MAX_OFFSET_MINUTES = 14 * 60;

  /** Cuts the date and time to the precision. */
  public DicomDateTime {
    earliest =
        switch (precision) {
          case YEAR -> earliest.toLocalDate().withDayOfYear(1).atStartOfDay();
          case MONTH -> earliest.toLocalDate().withDayOfMonth(1).atStartOfDay();
          case DAY -> earliest.toLocalDate().atStartOfDay();
          default ->
              earliest
                  .toLocalDate()
                  .atTime(new DicomTime(earliest.toLocalTime(), precision).earliest());
        };
  }

  /** Reads {@code yyyy[MM[dd[HH[mm[ss[.ffffff]]]]]][±hhmm]}; empty when it is not that. */
  public static Optional<DicomDateTime> parse(String text) {
    DigitScanner in = new DigitScanner(text);
    int year = in.digits(4);
    if (year < 0) {
      return Optional.empty();
    }
    int month = in.digits(2);
    int day = month < 0 ? DigitScanner.NONE : in.digits(2);
    TemporalPrecision precision =
        month < 0
            ? TemporalPrecision.YEAR
            : day < 0 ? TemporalPrecision.MONTH : TemporalPrecision.DAY;
    LocalTime time = LocalTime.MIDNIGHT;
    if (day >= 0 && in.atDigit()) {
      Optional<DicomTime> given = DicomTime.read(in, false);
      if (given.isEmpty()) {
        return Optional.empty();
      }
      time = given.get().earliest();
      precision = given.get().precision();
    }
    boolean zoned = !in.atEnd();
    ZoneOffset offset = zoned ? offset(in) : null;
    if (!in.atEnd() || (zoned && offset == null)) {
      return Optional.empty();
    }
    try {
      LocalDateTime earliest =
          LocalDateTime.of(
              year, Math.max(month, month < 0 ? 1 : 0), Math.max(day, day < 0 ? 1 : 0), 0, 0);
      return Optional.of(new DicomDateTime(earliest.toLocalDate().atTime(time), precision, offset));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The offset of Timezone Offset From UTC (0008,0201), {@code ±hhmm}; empty when it is not. */
  public static Optional<ZoneOffset> parseOffset(String text) {
    DigitScanner in = new DigitScanner(text);
    ZoneOffset offset = offset(in);
    return in.atEnd() ? Optional.ofNullable(offset) : Optional.empty();
  }

  private static @Nullable ZoneOffset offset(DigitScanner in) {
    int sign = in.take('-') ? -1 : in.take('+') ? 1 : 0;
    int hours = sign == 0 ? DigitScanner.NONE : in.digits(2);
    int minutes = hours < 0 ? DigitScanner.NONE : in.digits(2);
    int total = sign * (hours * 60 + minutes);
    boolean valid =
        minutes >= 0 && minutes < 60 && total >= MIN_OFFSET_MINUTES && total <= MAX_OFFSET_MINUTES;
    return valid ? ZoneOffset.ofTotalSeconds(total * 60) : null;
  }

  /** The last moment that the value names, to the nanosecond. */
  public LocalDateTime latest() {
    LocalDateTime next =
        switch (precision) {
          case YEAR -> earliest.plusYears(1);
          case MONTH -> earliest.plusMonths(1);
          case DAY -> earliest.plusDays(1);
          case HOUR -> earliest.plusHours(1);
          case MINUTE -> earliest.plusMinutes(1);
          default -> earliest.plusNanos(precision.nanos());
        };
    return next.minusNanos(1);
  }

  /** The first moment on the time line, with a fallback for a value without offset. */
  public Instant earliestInstant(ZoneOffset fallback) {
    return earliest.toInstant(offset == null ? fallback : offset);
  }

  /** The last moment on the time line, with a fallback for a value without offset. */
  public Instant latestInstant(ZoneOffset fallback) {
    return latest().toInstant(offset == null ? fallback : offset);
  }

  /** The value as DT writes it, as precise as it is. */
  public String text() {
    String date =
        String.format(
            Locale.ROOT,
            "%04d%02d%02d",
            earliest.getYear(),
            earliest.getMonthValue(),
            earliest.getDayOfMonth());
    String text =
        switch (precision) {
          case YEAR -> date.substring(0, 4);
          case MONTH -> date.substring(0, 6);
          case DAY -> date;
          default -> date + new DicomTime(earliest.toLocalTime(), precision).text();
        };
    return offset == null ? text : text + text(offset);
  }

  /** An offset as DT and Timezone Offset From UTC write it: {@code ±hhmm}. */
  public static String text(ZoneOffset offset) {
    int minutes = offset.getTotalSeconds() / 60;
    int absolute = Math.abs(minutes);
    return String.format(
        Locale.ROOT, "%s%02d%02d", minutes < 0 ? "-" : "+", absolute / 60, absolute % 60);
  }

  @Override
  public String toString() {
    return "DicomDateTime[***]";
  }
}
