package org.heliograph.node.forward;

import java.time.Duration;

/** Time that only goes forward, whatever the wall clock does. */
interface Ticker {
  /** That of the machine. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  long nanoTime();

  void sleep(Duration duration) throws InterruptedException;
}
