package org.heliograph.node.emulator;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** One direction of the link, which all connections share: rate, latency, jitter, stalls. */
final class Lane {
  /** What a pump that woke late may make up for; without it the rate would never be reached. */
  private static final long SLACK_NANOS = Duration.ofMillis(40).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flowing = lock.newCondition();
  private final RandomGenerator random;
  private double bytesPerSecond;
  private long latencyNanos;
  private long jitterNanos;
  private long freeAt = System.nanoTime();
  private boolean held;

  Lane(double bytesPerSecond, Duration latency, Duration jitter, RandomGenerator random) {
    this.random = random;
    shape(bytesPerSecond, latency, jitter);
  }

  void shape(double rate, Duration latency, Duration jitter) {
    lock.lock();
    try {
      bytesPerSecond = rate;
      latencyNanos = latency.toNanos();
      jitterNanos = jitter.toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** How much to take at once, so that connections take turns and the rate is smooth. */
  int pieceBytes() {
    lock.lock();
    try {
      return (int) Math.clamp(bytesPerSecond / 50, 256, 16 * 1024);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until these bytes have gone onto the link; says when they are out at the other end. */
  long pass(int bytes) throws InterruptedException {
    long sentAt;
    long arrivesAt;
    lock.lockInterruptibly();
    try {
      while (held) {
        flowing.await();
      }
      long now = System.nanoTime();
      sentAt = Math.max(now - SLACK_NANOS, freeAt) + (long) (bytes / bytesPerSecond * 1e9);
      freeAt = sentAt;
      long extra = jitterNanos == 0 ? 0 : random.nextLong(jitterNanos);
      arrivesAt = Math.max(now, sentAt) + latencyNanos + extra;
    } finally {
      lock.unlock();
    }
    sleepUntil(sentAt);
    return arrivesAt;
  }

  /** Waits for the moment, and longer while nothing passes. */
  void arrive(long moment) throws InterruptedException {
    sleepUntil(moment);
    lock.lockInterruptibly();
    try {
      while (held) {
        flowing.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A delay without bytes, such as that of a connection's first packet. */
  void travel() throws InterruptedException {
    long moment;
    lock.lock();
    try {
      moment = System.nanoTime() + latencyNanos;
    } finally {
      lock.unlock();
    }
    arrive(moment);
  }

  int bytesUnderWay() {
    lock.lock();
    try {
      return (int) Math.min(8 << 20, bytesPerSecond * (latencyNanos + jitterNanos) / 1e9) + 4096;
    } finally {
      lock.unlock();
    }
  }

  void hold(boolean on) {
    lock.lock();
    try {
      held = on;
      freeAt = Math.max(freeAt, System.nanoTime());
      flowing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static void sleepUntil(long moment) throws InterruptedException {
    for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }
}
