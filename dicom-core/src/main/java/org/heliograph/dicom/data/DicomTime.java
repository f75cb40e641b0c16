package org.heliograph.dicom.data;

import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;

/**
 * A time of day as TM holds it (PS3.5 6.2): hours alone or down to microseconds, without a zone.
 *
 * @param earliest the first moment that the value names; what it leaves open is zero
 * @param precision {@link TemporalPrecision#HOUR} or finer
 */
public record DicomTime(LocalTime earliest, TemporalPrecision precision) {
  /** Cuts the time to the precision; a date's precision is refused. */
  public DicomTime {
    if (precision.compareTo(TemporalPrecision.HOUR) < 0) {
      throw new IllegalArgumentException("a time has no precision of " + precision);
    }
    long unit =
        switch (precision) {
          case HOUR -> 3_600_000_000_000L;
          case MINUTE -> 60_000_000_000L;
          default -> precision.nanos();
        };
    earliest = LocalTime.ofNanoOfDay(earliest.toNanoOfDay() / unit * unit);
  }

  /**
   * Reads {@code HH}, {@code HHmm}, {@code HHmmss} and {@code HHmmss.f} to {@code .ffffff}, also
   * with colons as ACR-NEMA wrote them; empty when it is none of them. The second 60 of a leap
   * second is read as 59.
   */
  public static Optional<DicomTime> parse(String text) {
    DigitScanner in = new DigitScanner(text);
    Optional<DicomTime> time = read(in, true);
    return in.atEnd() ? time : Optional.empty();
  }

  static Optional<DicomTime> read(DigitScanner in, boolean colons) {
    int hour = in.digits(2);
    boolean colon = colons && in.take(':');
    int minute = in.digits(2);
    if (hour < 0 || hour > 23 || minute > 59 || (colon && minute < 0)) {
      return Optional.empty();
    }
    if (minute < 0) {
      return Optional.of(new DicomTime(LocalTime.of(hour, 0), TemporalPrecision.HOUR));
    }
    boolean second = !colon || in.take(':');
    int seconds = second ? in.digits(2) : DigitScanner.NONE;
    if (seconds > 60 || (colon && second && seconds < 0)) {
      return Optional.empty();
    }
    if (seconds < 0) {
      return Optional.of(new DicomTime(LocalTime.of(hour, minute), TemporalPrecision.MINUTE));
    }
    String fraction = "";
    if (in.take('.')) {
      fraction = in.fraction();
      if (fraction.isEmpty()) {
        return Optional.empty();
      }
    }
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    return Optional.of(
        new DicomTime(
            LocalTime.of(hour, minute, Math.min(seconds, 59), nanos),
            TemporalPrecision.ofFraction(fraction.length())));
  }

  /** The last moment that the value names, to the nanosecond. */
  public LocalTime latest() {
    long length =
        switch (precision) {
          case HOUR -> 3_600_000_000_000L;
          case MINUTE -> 60_000_000_000L;
          default -> precision.nanos();
        };
    return LocalTime.ofNanoOfDay(earliest.toNanoOfDay() + length - 1);
  }

  /** The value as TM writes it, as precise as it is. */
  public String text() {
    String all =
        String.format(
            Locale.ROOT,
            "%02d%02d%02d",
            earliest.getHour(),
            earliest.getMinute(),
            earliest.getSecond());
    int digits = precision.fractionDigits();
    return switch (precision) {
      case HOUR -> all.substring(0, 2);
      case MINUTE -> all.substring(0, 4);
      case SECOND -> all;
      default ->
          all + "." + String.format(Locale.ROOT, "%09d", earliest.getNano()).substring(0, digits);
    };
  }

  @Override
  public String toString() {
    return "DicomTime[***]";
  }
}
