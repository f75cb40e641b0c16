package org.heliograph.reader.cases;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time a case has been with the readers: it starts when the case first waits, stands still
 * while the clinic is asked, and its deadline moves by exactly the time it stood still.
 */
public record ReadingClock(
    @Nullable Instant startedAt, @Nullable Instant pausedAt, Duration paused) {
  public static final ReadingClock NOT_STARTED = new ReadingClock(null, null, Duration.ZERO);

  /** Starts once; a clock that runs or is paused is left as it is. */
  public ReadingClock start(Instant now) {
    return startedAt == null ? new ReadingClock(now, null, paused) : this;
  }

  /** Stops the clock if it runs. */
  public ReadingClock pause(Instant now) {
    return startedAt == null || pausedAt != null ? this : new ReadingClock(startedAt, now, paused);
  }

  /** Lets a paused clock go on. A wall clock that was set back adds nothing. */
  public ReadingClock resume(Instant now) {
    if (pausedAt == null) {
      return this;
    }
    var pause = Duration.between(pausedAt, now);
    return new ReadingClock(startedAt, null, pause.isNegative() ? paused : paused.plus(pause));
  }

  public boolean isPaused() {
    return pausedAt != null;
  }

  /** When the time allowed is used up, or null if the clock never started. */
  public @Nullable Instant deadline(Duration allowed) {
    return startedAt == null ? null : startedAt.plus(allowed).plus(paused);
  }
}
