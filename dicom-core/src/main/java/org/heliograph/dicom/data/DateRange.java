package org.heliograph.dicom.data;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The days that a DA key of a query asks for (PS3.4 C.2.2.2.5.1), both ends included.
 *
 * @param from the first day, null where the range is open
 * @param to the last day, null where the range is open
 */
public record DateRange(@Nullable LocalDate from, @Nullable LocalDate to) {
  /** Refuses a range that is open at both ends: that is no key at all. */
  public DateRange {
    if (from == null && to == null) {
      throw new IllegalArgumentException("a range has at least one end");
    }
  }

  /** Reads {@code a}, {@code a-b}, {@code a-} or {@code -b}; empty when it is none of them. */
  public static Optional<DateRange> parse(String text) {
    String key = text.strip();
    int hyphen = key.indexOf('-');
    if (hyphen < 0) {
      return DicomDate.parse(key).map(d -> new DateRange(d.value(), d.value()));
    }
    String first = key.substring(0, hyphen);
    String second = key.substring(hyphen + 1);
    LocalDate from = DicomDate.parse(first).map(DicomDate::value).orElse(null);
    LocalDate to = DicomDate.parse(second).map(DicomDate::value).orElse(null);
    boolean bad = (from == null && !first.isBlank()) || (to == null && !second.isBlank());
    return bad || (from == null && to == null)
        ? Optional.empty()
        : Optional.of(new DateRange(from, to));
  }

  /** Whether a day is within the range. */
  public boolean contains(LocalDate date) {
    return (from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to));
  }

  /** The key as a query writes it; one day is written as a single value. */
  public String text() {
    if (from != null && from.equals(to)) {
      return new DicomDate(from).text();
    }
    return (from == null ? "" : new DicomDate(from).text())
        + "-"
        + (to == null ? "" : new DicomDate(to).text());
  }

  @Override
  public String toString() {
    return "DateRange[***]";
  }
}
