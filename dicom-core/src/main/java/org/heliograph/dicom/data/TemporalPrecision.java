package org.heliograph.dicom.data;

/** The last component that a date, time or date-time value gives (PS3.5 6.2: DT, TM). */
public enum TemporalPrecision {
  YEAR(0),
  MONTH(0),
  DAY(0),
  HOUR(0),
  MINUTE(0),
  SECOND(0),
  TENTH_SECOND(1),
  HUNDREDTH_SECOND(2),
  MILLISECOND(3),
  TENTH_MILLISECOND(4),
  HUNDREDTH_MILLISECOND(5),
  MICROSECOND(6);

  private final int fractionDigits;

  TemporalPrecision(int fractionDigits) {
    this.fractionDigits = fractionDigits;
  }

  /** The digits after the point of the seconds: 0 to 6. */
  public int fractionDigits() {
    return fractionDigits;
  }

  /** The precision of seconds with this many digits after the point. */
  static TemporalPrecision ofFraction(int digits) {
    return switch (digits) {
      case 0 -> SECOND;
      case 1 -> TENTH_SECOND;
      case 2 -> HUNDREDTH_SECOND;
      case 3 -> MILLISECOND;
      case 4 -> TENTH_MILLISECOND;
      case 5 -> HUNDREDTH_MILLISECOND;
      default -> MICROSECOND;
    };
  }

  /** The length of a value of this precision from seconds on, in nanoseconds. */
  long nanos() {
    long nanos = 1_000_000_000L;
    for (int i = fractionDigits; i > 0; i--) {
      nanos /= 10;
    }
    return nanos;
  }
}
