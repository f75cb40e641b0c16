package org.heliograph.node.prepare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.InstanceState;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpooledInstance;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares what the spool receives, the urgent first, then the oldest. What was prepared when the
 * process ended stays prepared; what was not is begun anew.
 *
 * <p>A fault of the disk is tried again after a while and holds up only the instance that met it.
 */
public final class PrepareQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrepareQueue.class);
  private static final int LOOKED_AT = 5000;
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration NAP = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** What the previews of a study have together, roughly. */
  private static final int STUDY_PREVIEW_BYTES = 300_000;

  private static final int LEAST_PREVIEW_BYTES = 3_000;

  private final Spool spool;
  private final Preparing preparing;
  private final List<Thread> workers = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<UUID> inWork = new HashSet<>();
  private final Map<UUID, Long> triedAgainAt = new HashMap<>();
  private List<SpooledInstance> waiting = new ArrayList<>();
  private long lookedAt;
  private long changesLookedAt;
  private long changes;
  private boolean closed;

  private PrepareQueue(Spool spool, Preparing preparing) {
    this.spool = spool;
    this.preparing = preparing;
  }

  /**
   * Begins.
   *
   * @param workers threads; images are worked on one at a time all the same
   */
  public static PrepareQueue start(Spool spool, Preparing preparing, int workers) {
    var queue = new PrepareQueue(spool, preparing);
    spool.onChange(queue::wake);
    for (int i = 0; i < workers; i++) {
      // Platform threads: the work is arithmetic, and virtual ones would starve the others.
      queue.workers.add(Thread.ofPlatform().name("prepare-" + i).daemon().start(queue::work));
    }
    return queue;
  }

  private void wake() {
    lock.lock();
    try {
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (SpooledInstance next = next(); next != null; next = next()) {
        boolean done = false;
        try {
          // Asked anew: another worker may have been done with it since it was looked for.
          SpooledInstance now = spool.find(next.id()).orElse(null);
          if (now != null && now.state() == InstanceState.RECEIVED) {
            prepare(now);
          }
          done = true;
        } catch (IOException | RuntimeException e) {
          LOG.warn(
              "event=prepare.put-off instance={} fault={}",
              next.id(),
              e.getClass().getSimpleName());
        } finally {
          finished(next.id(), done);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private void prepare(SpooledInstance instance) throws IOException {
    int together = Math.max(1, spool.ofStudy(instance.study()).size());
    int previewBytes = Math.max(LEAST_PREVIEW_BYTES, STUDY_PREVIEW_BYTES / together);
    var targets =
        new Targets(spool.newFile(instance, ".dcm"), spool.newFile(instance, ".jpg"), previewBytes);
    switch (preparing.prepare(instance, spool.file(instance), targets)) {
      case Preparation.Ready ready -> spool.prepared(instance.id(), ready.prepared());
      case Preparation.Damaged damaged -> spool.parked(instance.id(), damaged.code());
    }
  }

  /** Waits for an instance; null when closed. */
  private @Nullable SpooledInstance next() throws InterruptedException {
    while (true) {
      long seen;
      lock.lock();
      try {
        if (closed) {
          return null;
        }
        SpooledInstance known = isStale() ? null : chosen();
        if (known != null) {
          return known;
        }
        seen = changes;
      } finally {
        lock.unlock();
      }
      // Not under the lock: the spool calls wake() under its own.
      List<SpooledInstance> found = spool.in(InstanceState.RECEIVED, LOOKED_AT);
      lock.lock();
      try {
        waiting = new ArrayList<>(found);
        lookedAt = System.nanoTime();
        changesLookedAt = seen;
        SpooledInstance next = chosen();
        if (next != null) {
          return next;
        }
        if (seen == changes && !closed) {
          long _ = changed.awaitNanos(NAP.toNanos());
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Something urgent may have come since; asking the spool each time would cost too much. */
  private boolean isStale() {
    return changes != changesLookedAt && System.nanoTime() - lookedAt > FRESH.toNanos();
  }

  private @Nullable SpooledInstance chosen() {
    long now = System.nanoTime();
    triedAgainAt.values().removeIf(at -> at - now <= 0);
    for (Urgency urgency : Urgency.values()) {
      for (int i = 0; i < waiting.size(); i++) {
        SpooledInstance each = waiting.get(i);
        if (each.urgency() == urgency
            && !triedAgainAt.containsKey(each.id())
            && inWork.add(each.id())) {
          waiting.remove(i);
          return each;
        }
      }
    }
    return null;
  }

  private void finished(UUID id, boolean done) {
    lock.lock();
    try {
      inWork.remove(id);
      if (!done) {
        triedAgainAt.put(id, System.nanoTime() + PAUSE.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the instances that are in work. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      try {
        worker.join(PAUSE);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
