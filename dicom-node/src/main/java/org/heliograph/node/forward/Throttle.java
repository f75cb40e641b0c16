package org.heliograph.node.forward;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.heliograph.node.link.Urgency;

/** Keeps to the bandwidth plan, smoothly: within any second hardly more than a second's share. */
final class Throttle {
  /** The most that goes to the connection at once. */
  static final int PIECE_BYTES = 8192;

  private static final int SMALLEST_PIECE = 256;
  private static final int PIECES_A_SECOND = 8;
  private static final long LONGEST_WAIT = Duration.ofMillis(250).toNanos();

  private final InstantSource clock;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile BandwidthPlan plan;
  private long freeAt;

  Throttle(BandwidthPlan plan, InstantSource clock, Ticker ticker) {
    this.plan = plan;
    this.clock = clock;
    this.ticker = ticker;
    this.freeAt = ticker.nanoTime();
  }

  void plan(BandwidthPlan fresh) {
    plan = fresh;
  }

  BandwidthPlan plan() {
    return plan;
  }

  /** What the plan allows now. */
  double limit(Urgency urgency) {
    BandwidthPlan now = plan;
    return now.emergencyExempt() && urgency == Urgency.EMERGENCY
        ? Double.POSITIVE_INFINITY
        : now.bytesPerSecond(clock.instant());
  }

  /**
   * Waits until some bytes may go.
   *
   * @return how many, at least 1; 0 if it was given up
   */
  int take(int most, Urgency urgency, BooleanSupplier givenUp) throws InterruptedException {
    while (!givenUp.getAsBoolean()) {
      double limit = limit(urgency);
      if (limit == Double.POSITIVE_INFINITY) {
        return most;
      }
      long wait;
      lock.lock();
      try {
        long now = ticker.nanoTime();
        wait = limit == 0 ? LONGEST_WAIT : freeAt - now;
        if (wait <= 0) {
          int bytes = (int) Math.min(most, Math.max(SMALLEST_PIECE, limit / PIECES_A_SECOND));
          freeAt = Math.max(now, freeAt) + nanos(bytes, limit);
          return bytes;
        }
      } finally {
        lock.unlock();
      }
      ticker.sleep(Duration.ofNanos(Math.min(wait, LONGEST_WAIT)));
    }
    return 0;
  }

  /** Counts what goes beside a chunk's body, such as headers. */
  void charge(int bytes, Urgency urgency) {
    double limit = limit(urgency);
    if (limit == Double.POSITIVE_INFINITY || limit == 0) {
      return;
    }
    lock.lock();
    try {
      freeAt = Math.max(ticker.nanoTime(), freeAt) + nanos(bytes, limit);
    } finally {
      lock.unlock();
    }
  }

  private static long nanos(int bytes, double limit) {
    return (long) (bytes / limit * 1e9);
  }
}
