package org.heliograph.archive.integrity;

import java.time.Duration;

/** Keeps a background reader to so many bytes in a second. For one thread. */
public final class Pace {
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final Sleeper sleeper;
  private long dueNanos;
  private boolean begun;

  /** Sleeps; a test only counts. */
  public interface Sleeper {
    Sleeper SYSTEM =
        new Sleeper() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
          }
        };

    long nanoTime();

    void sleep(Duration time) throws InterruptedException;
  }

  public Pace(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Waits until what was taken before is paid for, then takes more. */
  public void take(long bytes, long bytesPerSecond) throws InterruptedException {
    long now = sleeper.nanoTime();
    if (!begun || dueNanos - now < 0) {
      begun = true;
      dueNanos = now;
    }
    if (dueNanos - now > 0) {
      sleeper.sleep(Duration.ofNanos(dueNanos - now));
    }
    dueNanos += (long) ((double) bytes / bytesPerSecond * NANOS);
  }
}
