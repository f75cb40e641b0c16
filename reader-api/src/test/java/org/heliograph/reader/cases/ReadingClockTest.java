package org.heliograph.reader.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadingClockTest {
  private static final Instant START = Instant.parse("2026-03-29T00:30:00Z");
  private static final Duration FOUR_HOURS = Duration.ofHours(4);

  @Test
  void has_no_deadline_before_it_starts() {
    assertThat(ReadingClock.NOT_STARTED.deadline(FOUR_HOURS)).isNull();
    assertThat(ReadingClock.NOT_STARTED.pause(START)).isEqualTo(ReadingClock.NOT_STARTED);
  }

  @Test
  void starts_once() {
    var clock = ReadingClock.NOT_STARTED.start(START).start(START.plusSeconds(99));

    assertThat(clock.deadline(FOUR_HOURS)).isEqualTo(START.plus(FOUR_HOURS));
  }

  @Test
  void moves_the_deadline_by_exactly_the_pauses() {
    var clock =
        ReadingClock.NOT_STARTED
            .start(START)
            .pause(START.plusSeconds(600))
            .resume(START.plusSeconds(900))
            .pause(START.plusSeconds(1000))
            .resume(START.plusSeconds(1007));

    assertThat(clock.isPaused()).isFalse();
    assertThat(clock.deadline(FOUR_HOURS)).isEqualTo(START.plus(FOUR_HOURS).plusSeconds(307));
  }

  @Test
  void a_second_pause_or_resume_changes_nothing() {
    var paused = ReadingClock.NOT_STARTED.start(START).pause(START.plusSeconds(10));
    var resumed = paused.resume(START.plusSeconds(20));

    assertThat(paused.pause(START.plusSeconds(15))).isEqualTo(paused);
    assertThat(resumed.resume(START.plusSeconds(500))).isEqualTo(resumed);
  }

  @Test
  void a_wall_clock_set_back_adds_nothing() {
    var clock = ReadingClock.NOT_STARTED.start(START).pause(START.plusSeconds(60)).resume(START);

    assertThat(clock.deadline(FOUR_HOURS)).isEqualTo(START.plus(FOUR_HOURS));
  }

  @Test
  void another_urgency_counts_from_the_same_start() {
    var clock = ReadingClock.NOT_STARTED.start(START);

    assertThat(clock.deadline(Duration.ofHours(1))).isEqualTo(START.plusSeconds(3600));
  }
}
