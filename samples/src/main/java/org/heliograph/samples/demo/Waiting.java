package org.heliograph.samples.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks again and again, for a limited time. */
record Waiting(InstantSource clock, Duration longest) {
  private static final int BETWEEN_MILLISECONDS = 300;

  void until(String what, BooleanSupplier condition) {
    Instant end = clock.instant().plus(longest);
    while (!condition.getAsBoolean()) {
      if (clock.instant().isAfter(end)) {
        throw new IllegalStateException("waited " + longest.toSeconds() + " s for " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      // A pause that an interrupt ends.
      if (new CountDownLatch(1).await(BETWEEN_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
