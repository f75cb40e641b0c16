package org.heliograph.archive.catalog;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.heliograph.dicom.data.DateRange;
import org.heliograph.dicom.data.DateTimeRange;
import org.heliograph.dicom.data.DicomDateTime;
import org.heliograph.dicom.data.TemporalPrecision;
import org.heliograph.dicom.data.TimeRange;
import org.jspecify.annotations.Nullable;

/** Matching of ranges of dates and times (PS3.4 C.2.2.2.5) as SQL. */
final class TimeMatching {
  // The ordering date of a study without a date is the day before.
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 2);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private final Parameters parameters;

  TimeMatching(Parameters parameters) {
    this.parameters = parameters;
  }

  static DateRange dates(QueryAttribute attribute, String value) {
    return DateRange.parse(value)
        .orElseThrow(() ->
            new UnsupportedMatchException(attribute.tag(), "needs YYYYMMDD or a range of it"));
  }

  static TimeRange times(QueryAttribute attribute, String value) {
    return TimeRange.parse(value)
        .orElseThrow(
            () -> new UnsupportedMatchException(attribute.tag(), "needs HHMMSS or a range of it"));
  }

  String date(QueryAttribute attribute, String value) {
    DateRange range = dates(attribute, value);
    return between(attribute.column(), range, 0);
  }

  private String between(String column, DateRange range, int margin) {
    LocalDate from = range.from() == null ? FIRST_DAY : range.from();
    LocalDate to = range.to() == null ? LAST_DAY : range.to();
    return column
        + " between "
        + parameters.add(bounded(from.minusDays(margin)), "date")
        + " and "
        + parameters.add(bounded(to.plusDays(margin)), "date");
  }

  private static LocalDate bounded(LocalDate day) {
    return day.isBefore(FIRST_DAY) ? FIRST_DAY : day.isAfter(LAST_DAY) ? LAST_DAY : day;
  }

  String time(QueryAttribute attribute, String value) {
    TimeRange range = times(attribute, value);
    LocalTime from = range.from() == null ? LocalTime.MIDNIGHT : range.from().earliest();
    LocalTime to = range.to() == null ? LocalTime.MAX : range.to().latest();
    return clock(attribute)
        + " between "
        + parameters.add(from, "time")
        + " and "
        + parameters.add(micros(to), "time");
  }

  private static String clock(QueryAttribute attribute) {
    return "archive.time_of_day(" + attribute.column() + ")";
  }

  /** The database knows microseconds and would round a last nanosecond up. */
  private static LocalTime micros(LocalTime time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * The moment of a date and a time beside it; where the study has no time, its day begins.
   *
   * @param times null: whole days
   * @param zone in which the question is meant; null: the same as the study's
   */
  String moment(
      QueryAttribute dateAttribute,
      QueryAttribute timeAttribute,
      DateRange dates,
      @Nullable TimeRange times,
      @Nullable ZoneOffset zone) {
    String day = between(dateAttribute.column(), dates, zone == null ? 0 : 1);
    if (times == null && zone == null) {
      return day;
    }
    DateTimeRange range =
        times == null
            ? new DateTimeRange(
                dates.from() == null ? null : wholeDay(dates.from()),
                dates.to() == null ? null : wholeDay(dates.to()))
            : DateTimeRange.combining(dates, times);
    String local =
        "(" + dateAttribute.column() + " + coalesce(" + clock(timeAttribute) + ", time '00:00'))";
    String moment =
        zone == null
            ? local
            : "("
                + local
                + " - coalesce(archive.utc_offset(s.timezone_offset_from_utc), make_interval(secs"
                + " => "
                + parameters.add(zone.getTotalSeconds(), "integer")
                + ")))";
    var condition = new StringBuilder(day);
    if (range.from() != null) {
      condition.append(" and ").append(moment).append(" >= ");
      condition.append(parameters.add(universal(range.from().earliest(), zone), "timestamp"));
    }
    if (range.to() != null) {
      LocalDateTime last = range.to().latest();
      condition.append(" and ").append(moment).append(" <= ");
      condition.append(
          parameters.add(universal(last.with(micros(last.toLocalTime())), zone), "timestamp"));
    }
    return condition.toString();
  }

  private static DicomDateTime wholeDay(LocalDate day) {
    return new DicomDateTime(day.atStartOfDay(), TemporalPrecision.DAY, null);
  }

  private static LocalDateTime universal(LocalDateTime local, @Nullable ZoneOffset zone) {
    return zone == null ? local : local.minusSeconds(zone.getTotalSeconds());
  }
}
