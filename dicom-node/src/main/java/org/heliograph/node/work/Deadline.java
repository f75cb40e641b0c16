package org.heliograph.node.work;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Gives up work that waits for a peer for too long, whatever its own time limits are: the work runs
 * on a virtual thread of its own, which is interrupted.
 */
public final class Deadline {
  private Deadline() {}

  /** It took too long. */
  public static final class Exceeded extends IOException {
    private static final long serialVersionUID = 1L;

    Exceeded(Duration limit) {
      super("nothing within " + limit.toSeconds() + " s");
    }
  }

  /**
   * Does work within a time.
   *
   * @throws Exceeded it was not done in time
   */
  public static <T> T within(Duration limit, Callable<T> work)
      throws IOException, InterruptedException {
    return whileMoving(limit, () -> 0, work);
  }

  /**
   * Does work that may last as long as it moves.
   *
   * @param progress a number that changes while the work moves
   * @throws Exceeded the number stayed the same for this long
   */
  public static <T> T whileMoving(Duration silence, LongSupplier progress, Callable<T> work)
      throws IOException, InterruptedException {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().name("deadline").start(task);
    try {
      while (true) {
        long before = progress.getAsLong();
        try {
          return task.get(silence.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
          if (progress.getAsLong() == before) {
            throw new Exceeded(silence);
          }
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException fault -> throw fault;
        case InterruptedException fault -> throw fault;
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw new IOException("failed", e);
      }
    } finally {
      task.cancel(true);
    }
  }
}
