package org.heliograph.node.forward;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * How much of the clinic's line the gateway may use, by weekday and hour of the site's own time.
 * The first window that fits counts; outside all of them there is no limit.
 *
 * @param emergencyExempt whether parcels of an emergency go as fast as the line can
 */
public record BandwidthPlan(ZoneId zone, List<Window> windows, boolean emergencyExempt) {
  /** No limit at any time. */
  public static final BandwidthPlan FREE = new BandwidthPlan(ZoneOffset.UTC, List.of(), true);

  public BandwidthPlan {
    windows = List.copyOf(windows);
  }

  /**
   * A part of the week.
   *
   * @param days on which it begins
   * @param from the first moment
   * @param to the moment after the last; when it is not after {@code from}, on the next day
   * @param bytesPerSecond 0: nothing is sent
   */
  public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, long bytesPerSecond) {
    public Window {
      days = Set.copyOf(days);
    }

    boolean holds(ZonedDateTime at) {
      LocalTime time = at.toLocalTime();
      if (from.isBefore(to)) {
        return days.contains(at.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
      }
      return (days.contains(at.getDayOfWeek()) && !time.isBefore(from))
          || (days.contains(at.getDayOfWeek().minus(1)) && time.isBefore(to));
    }
  }

  /** Bytes in a second; infinite without a limit, 0 if nothing may be sent. */
  public double bytesPerSecond(Instant now) {
    ZonedDateTime at = now.atZone(zone);
    for (Window window : windows) {
      if (window.holds(at)) {
        return window.bytesPerSecond();
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
