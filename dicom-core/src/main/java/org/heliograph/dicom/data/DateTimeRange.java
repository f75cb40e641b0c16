package org.heliograph.dicom.data;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moments that a DT key of a query asks for (PS3.4 C.2.2.2.5.3), both ends included: an end
 * that leaves components open includes all that they could be.
 *
 * @param from the first moment, null where the range is open
 * @param to the last moment, null where the range is open
 */
public record DateTimeRange(@Nullable DicomDateTime from, @Nullable DicomDateTime to) {
  /** Refuses a range that is open at both ends: that is no key at all. */
  public DateTimeRange {
    if (from == null && to == null) {
      throw new IllegalArgumentException("a range has at least one end");
    }
  }

  /**
   * Reads {@code a}, {@code a-b}, {@code a-} or {@code -b}; empty when it is none of them. A hyphen
   * before four digits that are an offset ({@code -0000} to {@code -1200}) is read as that, as no
   * year is as early.
   */
  public static Optional<DateTimeRange> parse(String text) {
    String key = text.strip();
    Optional<DicomDateTime> single = DicomDateTime.parse(key);
    if (single.isPresent()) {
      return single.map(d -> new DateTimeRange(d, d));
    }
    for (int hyphen = key.length(); (hyphen = key.lastIndexOf('-', hyphen - 1)) >= 0; ) {
      String first = key.substring(0, hyphen);
      String second = key.substring(hyphen + 1);
      DicomDateTime from = DicomDateTime.parse(first).orElse(null);
      DicomDateTime to = DicomDateTime.parse(second).orElse(null);
      boolean bad = (from == null && !first.isBlank()) || (to == null && !second.isBlank());
      if (!bad && (from != null || to != null)) {
        return Optional.of(new DateTimeRange(from, to));
      }
    }
    return Optional.empty();
  }

  /**
   * The range of a pair of DA and TM keys that are matched as one moment (combined date-time
   * matching, PS3.4 C.2.2.2.5), in the zone of the one who asks.
   */
  public static DateTimeRange combining(DateRange dates, TimeRange times) {
    DicomDateTime from = null;
    if (dates.from() != null) {
      LocalTime start = times.from() == null ? LocalTime.MIDNIGHT : times.from().earliest();
      from = new DicomDateTime(dates.from().atTime(start), TemporalPrecision.MICROSECOND, null);
    }
    DicomDateTime to = null;
    if (dates.to() != null) {
      LocalTime end = times.to() == null ? LocalTime.MAX : times.to().latest();
      to = new DicomDateTime(dates.to().atTime(end), TemporalPrecision.MICROSECOND, null);
    }
    return new DateTimeRange(from, to);
  }

  /** Whether a value starts within the range; the zone counts for what has no offset. */
  public boolean contains(DicomDateTime value, ZoneOffset zone) {
    var moment = value.earliestInstant(zone);
    return (from == null || !moment.isBefore(from.earliestInstant(zone)))
        && (to == null || !moment.isAfter(to.latestInstant(zone)));
  }

  /** As {@link #contains(DicomDateTime, ZoneOffset)} for a local date and time of the zone. */
  public boolean contains(LocalDateTime value, ZoneOffset zone) {
    return contains(new DicomDateTime(value, TemporalPrecision.MICROSECOND, null), zone);
  }

  /** The key as a query writes it; one value is written as a single value. */
  public String text() {
    if (from != null && from.equals(to)) {
      return from.text();
    }
    return (from == null ? "" : from.text()) + "-" + (to == null ? "" : to.text());
  }

  @Override
  public String toString() {
    return "DateTimeRange[***]";
  }
}
