package org.heliograph.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.heliograph.node.forward.BandwidthPlan.Window;
import org.heliograph.node.link.Urgency;
import org.junit.jupiter.api.Test;

/** The cap, in virtual time: exact. */
class ThrottleTest {
  private static final ZoneId LUSAKA = ZoneId.of("Africa/Lusaka");
  private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  /** A Wednesday, 07:58 in Lusaka. */
  private static final Instant START = Instant.parse("2026-03-04T05:58:00Z");

  private static final class Virtual implements Ticker, InstantSource {
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      nanos += duration.toNanos();
    }

    @Override
    public Instant instant() {
      return START.plusNanos(nanos);
    }
  }

  private record Sent(long at, int bytes) {}

  private static BandwidthPlan plan(boolean exempt, Window... windows) {
    return new BandwidthPlan(LUSAKA, List.of(windows), exempt);
  }

  private static Window office(long bytesPerSecond) {
    return new Window(WEEK, LocalTime.of(8, 0), LocalTime.of(17, 0), bytesPerSecond);
  }

  @Test
  void holds_over_any_minute_within_five_per_cent_though_the_sender_pauses() throws Exception {
    var time = new Virtual();
    long rate = 5500;
    var throttle =
        new Throttle(plan(false, new Window(WEEK, LocalTime.MIN, LocalTime.MIN, rate)), time, time);
    var window = new ArrayDeque<Sent>();
    long inWindow = 0;
    long worst = 0;
    long total = 0;

    while (time.nanos < Duration.ofMinutes(30).toNanos()) {
      int bytes = throttle.take(Throttle.PIECE_BYTES, Urgency.ROUTINE, () -> false);
      if (total / 200_000 != (total + bytes) / 200_000) {
        time.sleep(Duration.ofSeconds(7)); // a chunk ends
      }
      total += bytes;
      window.add(new Sent(time.nanos, bytes));
      inWindow += bytes;
      while (time.nanos - window.getFirst().at() >= Duration.ofMinutes(1).toNanos()) {
        inWindow -= window.removeFirst().bytes();
      }
      worst = Math.max(worst, inWindow);
    }

    assertThat(worst).isLessThanOrEqualTo((long) (1.05 * 60 * rate));
  }

  @Test
  void reaches_the_cap_when_there_is_enough_to_send() throws Exception {
    var time = new Virtual();
    var throttle = new Throttle(plan(false, office(4000)), time, time);
    time.sleep(Duration.ofMinutes(10));
    long began = time.nanos;
    long total = 0;
    while (time.nanos - began < Duration.ofMinutes(1).toNanos()) {
      total += throttle.take(Throttle.PIECE_BYTES, Urgency.ROUTINE, () -> false);
    }

    assertThat(total).isBetween((long) (0.95 * 240_000), (long) (1.05 * 240_000));
  }

  @Test
  void begins_and_ends_by_the_sites_own_clock() throws Exception {
    var time = new Virtual();
    var throttle = new Throttle(plan(false, office(0)), time, time);

    assertThat(throttle.take(100, Urgency.ROUTINE, () -> false)).isEqualTo(100);
    time.sleep(Duration.ofMinutes(2));
    assertThat(throttle.limit(Urgency.EMERGENCY)).isZero();
    int late = throttle.take(100, Urgency.ROUTINE, () -> false);

    assertThat(late).isEqualTo(100);
    assertThat(time.instant())
        .isBetween(Instant.parse("2026-03-04T15:00:00Z"), Instant.parse("2026-03-04T15:00:01Z"));
  }

  @Test
  void an_emergency_may_be_exempt() throws Exception {
    var time = new Virtual();
    time.sleep(Duration.ofHours(1));
    var throttle = new Throttle(plan(true, office(0)), time, time);

    assertThat(throttle.take(8000, Urgency.EMERGENCY, () -> false)).isEqualTo(8000);
    assertThat(throttle.limit(Urgency.URGENT)).isZero();
  }

  @Test
  void a_window_may_go_over_midnight() {
    var night = new Window(Set.of(DayOfWeek.WEDNESDAY), LocalTime.of(22, 0), LocalTime.of(6, 0), 1);
    BandwidthPlan plan = plan(false, night);

    assertThat(plan.bytesPerSecond(Instant.parse("2026-03-04T21:00:00Z"))).isEqualTo(1);
    assertThat(plan.bytesPerSecond(Instant.parse("2026-03-05T03:59:00Z"))).isEqualTo(1);
    assertThat(plan.bytesPerSecond(Instant.parse("2026-03-05T04:00:00Z"))).isInfinite();
    assertThat(plan.bytesPerSecond(Instant.parse("2026-03-05T21:00:00Z"))).isInfinite();
  }
}
