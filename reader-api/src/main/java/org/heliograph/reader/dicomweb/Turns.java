package org.heliograph.reader.dicomweb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** Work that takes much memory or time: only so much of it at once, first come first served. */
final class Turns {
  private static final long PATIENCE_SECONDS = 20;

  private final Semaphore free;
  private final String what;

  /**
   * @param what is busy, as the answer names it
   */
  Turns(int atOnce, String what) {
    this.free = new Semaphore(atOnce, true);
    this.what = what;
  }

  /** Waits for a turn, to be given back with {@link #release}; too long ends as TR-0030. */
  void acquire() throws IOException {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(ProblemCode.BUSY, what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a turn");
    }
  }

  void release() {
    free.release();
  }
}
