package org.heliograph.node.gateway;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.heliograph.node.forward.BandwidthPlan;
import org.heliograph.node.forward.BandwidthPlan.Window;
import org.jspecify.annotations.Nullable;

/**
 * How a bandwidth plan is written: {@code Mo-Fr 07:00-18:00 200 kbit/s; Sa,Su free; 64 kbit/s}, by
 * this computer's own time; the first window that fits counts.
 */
final class CapText {
  private static final Pattern WINDOW =
      Pattern.compile(
          "(?:([A-Za-z]{2}(?:[,-][A-Za-z]{2})*)\\s+)?(?:(\\d{2}:\\d{2})-(\\d{2}:\\d{2})\\s+)?"
              + "(?:(free)|(none)|(\\d{1,9})\\s*(k|M)bit/s)");
  private static final List<String> DAYS = List.of("mo", "tu", "we", "th", "fr", "sa", "su");

  private CapText() {}

  static BandwidthPlan parse(String text, boolean emergencyExempt) {
    List<Window> windows = new ArrayList<>();
    for (String each : text.split(";")) {
      if (!each.isBlank()) {
        windows.add(window(each.strip()));
      }
    }
    return new BandwidthPlan(ZoneId.systemDefault(), windows, emergencyExempt);
  }

  private static Window window(String text) {
    Matcher parts = WINDOW.matcher(text);
    if (parts.matches()) {
      try {
        String days = parts.group(1);
        return new Window(
            days == null ? EnumSet.allOf(DayOfWeek.class) : days(days),
            time(parts.group(2)),
            time(parts.group(3)),
            rate(parts));
      } catch (DateTimeException e) {
        // Said below.
      }
    }
    throw new SettingsValues.NotUsableException(
        "Write days, hours and how much, the first that fits counts, such as:"
            + " Mo-Fr 07:00-18:00 200 kbit/s; Sa,Su free; 64 kbit/s");
  }

  private static LocalTime time(@Nullable String text) {
    return text == null || text.equals("24:00") ? LocalTime.MIN : LocalTime.parse(text);
  }

  private static long rate(Matcher parts) {
    if (parts.group(4) != null) {
      return Long.MAX_VALUE;
    }
    return parts.group(5) != null
        ? 0
        : Long.parseLong(parts.group(6)) * (parts.group(7).equals("k") ? 125 : 125_000);
  }

  private static Set<DayOfWeek> days(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.toLowerCase(Locale.ROOT).split(",")) {
      int dash = part.indexOf('-');
      int day = DAYS.indexOf(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? day : DAYS.indexOf(part.substring(dash + 1));
      if (day < 0 || last < 0) {
        throw new DateTimeException("no weekday");
      }
      days.add(DayOfWeek.of(day + 1));
      while (day != last) {
        day = (day + 1) % 7;
        days.add(DayOfWeek.of(day + 1));
      }
    }
    return days;
  }
}
