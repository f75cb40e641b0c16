package org.heliograph.node.work;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: each about twice as long as the one before, up to the longest, and up to
 * a quarter longer by chance so that those who failed together do not come back together.
 */
public record BackOff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 30;

  public BackOff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("pauses grow from more than nothing");
    }
  }

  /** The pause after so many failures in a row, counted from 1. */
  public Duration after(int failures) {
    long doubled = first.toMillis() << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    // Shifted out of its 63 bits it is negative or small.
    long millis =
        doubled < first.toMillis() ? longest.toMillis() : Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1));
  }
}
