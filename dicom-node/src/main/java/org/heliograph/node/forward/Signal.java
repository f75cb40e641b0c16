package org.heliograph.node.forward;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** That something happened; several times are as good as once. */
final class Signal {
  private final Semaphore given = new Semaphore(0);

  void give() {
    given.release();
  }

  /** Waits for it, but not longer. */
  void await(Duration longest) throws InterruptedException {
    if (given.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
      given.drainPermits();
    }
  }
}
