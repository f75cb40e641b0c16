package org.heliograph.node.work;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a step on a virtual thread of its own, until it is closed. A step says how long there is
 * nothing to do; a failed one is repeated after a pause that grows. Whoever has new work wakes it.
 */
public final class Worker implements AutoCloseable {
  /** A pause that only a wake ends. */
  public static final Duration UNTIL_WOKEN = Duration.ofDays(365);

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration TIME_TO_END = Duration.ofSeconds(5);

  private final String name;
  private final Step step;
  private final BackOff pauses;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean awake;

  /** A piece of work. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does what there is to do.
     *
     * @return how long to wait before the next time, if nobody wakes the worker
     */
    Duration run() throws IOException, InterruptedException;
  }

  private Worker(String name, Step step, BackOff pauses) {
    this.name = name;
    this.step = step;
    this.pauses = pauses;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::work);
  }

  /**
   * Begins.
   *
   * @param name for the log
   */
  public static Worker start(String name, Step step, BackOff pauses) {
    var worker = new Worker(name, step, pauses);
    worker.thread.start();
    return worker;
  }

  /** Ends the present or the next pause. */
  public void wake() {
    lock.lock();
    try {
      awake = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    int failures = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration pause;
        try {
          pause = step.run();
          failures = 0;
        } catch (IOException | RuntimeException e) {
          pause = pauses.after(++failures);
          LOG.warn("event={}.failed failures={} cause={}", name, failures, e.getClass().getName());
        }
        await(pause);
      }
    } catch (InterruptedException _) {
      // closing
    }
  }

  private void await(Duration pause) throws InterruptedException {
    long left = pause.toNanos();
    lock.lockInterruptibly();
    try {
      while (!awake && left > 0) {
        left = woken.awaitNanos(left);
      }
      awake = false;
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts the step and waits some seconds for its end. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(TIME_TO_END)) {
        LOG.warn("event={}.does_not_end seconds={}", name, TIME_TO_END.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
