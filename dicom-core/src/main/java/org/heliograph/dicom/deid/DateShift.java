package org.heliograph.dicom.deid;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.dicom.data.Vr;

/**
 * Moves DA and DT by whole days, so that the time of day and the zone stay as they are and every
 * interval of one patient keeps its length; TM needs no change then, at the border of a day either.
 */
final class DateShift {
  private static final Pattern DATE =
      Pattern.compile("([0-9]{4})[.]?([0-9]{2})?[.]?([0-9]{2})?(.*)");
  private static final Pattern TIME = Pattern.compile("[0-9]{2,6}([.][0-9]{1,6})?");
  private static final Pattern REST =
      Pattern.compile("([0-9]{2,6}([.][0-9]{1,6})?)?([+-][0-9]{4})?");

  private final int days;

  DateShift(int days) {
    this.days = days;
  }

  /** The moved value, or nothing when it is no date or time. */
  Optional<String> shift(Vr vr, String value) {
    if (vr == Vr.TM) {
      return TIME.matcher(value.replace(":", "")).matches() ? Optional.of(value) : Optional.empty();
    }
    Matcher m = DATE.matcher(value);
    if (!m.matches()
        || !(vr == Vr.DT ? REST.matcher(m.group(4)).matches() : m.group(4).isEmpty())
        || (vr == Vr.DA && m.group(3) == null)) {
      return Optional.empty();
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(m.group(1)),
              m.group(2) == null ? 1 : Integer.parseInt(m.group(2)),
              m.group(3) == null ? 1 : Integer.parseInt(m.group(3)));
      LocalDate moved = date.plusDays(days);
      if (moved.getYear() < 1) {
        return Optional.empty();
      }
      // A year or a month alone stays one.
      int length = 4 + (m.group(2) == null ? 0 : 2) + (m.group(3) == null ? 0 : 2);
      String text = DateTimeFormatter.BASIC_ISO_DATE.format(moved).substring(0, length);
      return Optional.of(text + m.group(4));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
