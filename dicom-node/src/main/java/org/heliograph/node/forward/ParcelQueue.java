package org.heliograph.node.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/** The parcels that are not confirmed, for the sender and for those who bring them. */
final class ParcelQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UUID, OutgoingParcel> parcels = new LinkedHashMap<>();
  private boolean news;

  void add(OutgoingParcel parcel) {
    lock.lock();
    try {
      parcels.putIfAbsent(parcel.id(), parcel);
      wake();
    } finally {
      lock.unlock();
    }
  }

  void remove(UUID parcel) {
    lock.lock();
    try {
      parcels.remove(parcel);
      wake();
    } finally {
      lock.unlock();
    }
  }

  @Nullable OutgoingParcel find(UUID parcel) {
    lock.lock();
    try {
      return parcels.get(parcel);
    } finally {
      lock.unlock();
    }
  }

  List<OutgoingParcel> all() {
    lock.lock();
    try {
      return new ArrayList<>(parcels.values());
    } finally {
      lock.unlock();
    }
  }

  /** Those with something to send or to ask now. */
  List<OutgoingParcel> ready(long now) {
    return all().stream().filter(p -> p.ready(now)).filter(p -> !p.sent() || !p.certain()).toList();
  }

  boolean somethingToSend() {
    return all().stream().anyMatch(p -> !p.sent());
  }

  boolean moreUrgentThan(Urgency urgency, long now) {
    return ready(now).stream().anyMatch(p -> p.urgency().compareTo(urgency) < 0);
  }

  /** The parcel to ask about when the link is tried. */
  Optional<OutgoingParcel> first() {
    return all().stream().filter(p -> !p.sent()).min(SendOrder.OVERALL);
  }

  void wake() {
    lock.lock();
    try {
      news = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for news, but not longer. */
  void await(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = longest.toNanos();
      while (!news && left > 0) {
        left = changed.awaitNanos(left);
      }
      news = false;
    } finally {
      lock.unlock();
    }
  }
}
