package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Blocking sockets have no write timeout, so one daemon thread closes a socket whose write
 * overruns.
 */
final class WriteDeadlines {
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private WriteDeadlines() {}

  /** Runs from {@link #watch} to {@link #close}. */
  static final class Watch implements AutoCloseable {
    private final ScheduledFuture<?> overrun;

    private Watch(ScheduledFuture<?> overrun) {
      this.overrun = overrun;
    }

    @Override
    public void close() {
      overrun.cancel(false);
    }
  }

  static Watch watch(Socket socket, Duration within) {
    return new Watch(
        TIMER.schedule(() -> closeQuietly(socket), within.toNanos(), TimeUnit.NANOSECONDS));
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // already closing
    }
  }

  private static ScheduledThreadPoolExecutor timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("dicom-write-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }
}
