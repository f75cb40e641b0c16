package org.heliograph.node.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what waited when the spool was opened and compares it with its digests, slowly, so that
 * damage is known before it is the turn of an instance.
 */
final class Verification implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
  private static final int BATCH = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SpoolStore store;
  private final Handover handover;
  private final long bytesPerSecond;
  private final long openedAt;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private record Due(UUID id, long bytes) {}

  Verification(SpoolStore store, Handover handover, long bytesPerSecond) {
    this.store = store;
    this.handover = handover;
    this.bytesPerSecond = bytesPerSecond;
    this.openedAt = store.clock.instant().toEpochMilli();
    this.thread = Thread.ofVirtual().name("spool-verification").start(this::run);
  }

  private void run() {
    List<Due> batch = store.with(this::due);
    while (!batch.isEmpty()) {
      for (Due each : batch) {
        if (!verify(each)) {
          return;
        }
      }
      batch = store.with(this::due);
    }
  }

  private List<Due> due(SpoolState state) {
    List<Due> due = new ArrayList<>(BATCH);
    for (InstanceState each :
        List.of(InstanceState.RECEIVED, InstanceState.PREPARED, InstanceState.PARCELLED)) {
      for (Entry e = state.list(each).first(); e != null && due.size() < BATCH; e = e.after) {
        if (!e.verified && e.receivedAt < openedAt) {
          e.verified = true; // looked at once, whatever comes of it
          due.add(new Due(e.id(), e.fileBytes()));
        }
      }
    }
    return due;
  }

  /** False when it is time to end. */
  private boolean verify(Due due) {
    try {
      handover.verify(due.id());
    } catch (IOException e) {
      LOG.warn(
          "event=spool.unverified instance={} cause={}", due.id(), e.getClass().getSimpleName());
    }
    try {
      return !stop.await(due.bytes() * 1_000_000L / bytesPerSecond, TimeUnit.MICROSECONDS);
    } catch (InterruptedException _) {
      return false;
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
