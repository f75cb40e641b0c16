package org.heliograph.dicom.data;

import java.time.LocalTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of day that a TM key of a query asks for (PS3.4 C.2.2.2.5.2), both ends included: an
 * end that leaves seconds open includes the whole minute.
 *
 * @param from the first time, null where the range is open
 * @param to the last time, null where the range is open
 */
public record TimeRange(@Nullable DicomTime from, @Nullable DicomTime to) {
  /** Refuses a range that is open at both ends: that is no key at all. */
  public TimeRange {
    if (from == null && to == null) {
      throw new IllegalArgumentException("a range has at least one end");
    }
  }

  /** Reads {@code a}, {@code a-b}, {@code a-} or {@code -b}; empty when it is none of them. */
  public static Optional<TimeRange> parse(String text) {
    String key = text.strip();
    int hyphen = key.indexOf('-');
    if (hyphen < 0) {
      return DicomTime.parse(key).map(t -> new TimeRange(t, t));
    }
    String first = key.substring(0, hyphen);
    String second = key.substring(hyphen + 1);
    DicomTime from = DicomTime.parse(first).orElse(null);
    DicomTime to = DicomTime.parse(second).orElse(null);
    boolean bad = (from == null && !first.isBlank()) || (to == null && !second.isBlank());
    return bad || (from == null && to == null)
        ? Optional.empty()
        : Optional.of(new TimeRange(from, to));
  }

  /** Whether a time of day is within the range. */
  public boolean contains(LocalTime time) {
    return (from == null || !time.isBefore(from.earliest()))
        && (to == null || !time.isAfter(to.latest()));
  }

  /** The key as a query writes it; one time is written as a single value. */
  public String text() {
    if (from != null && from.equals(to)) {
      return from.text();
    }
    return (from == null ? "" : from.text()) + "-" + (to == null ? "" : to.text());
  }

  @Override
  public String toString() {
    return "TimeRange[***]";
  }
}
