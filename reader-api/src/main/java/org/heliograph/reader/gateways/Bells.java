package org.heliograph.reader.gateways;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heliograph.reader.postgres.Notifications;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Wakes the request of a gateway that waits for messages, whichever hub process wrote them. One
 * request of a gateway waits at a time: a newer one ends the older, whose connection is dead.
 */
@Component
class Bells {
  private final Map<UUID, Bell> waiting = new ConcurrentHashMap<>();
  private final Notifications notifications;

  Bells(Notifications notifications) {
    this.notifications = notifications;
    notifications.listen("heliograph_gateway", this::ring);
  }

  /** One request that waits. */
  static final class Bell {
    private final Semaphore rung = new Semaphore(0);
    private volatile boolean replaced;

    /** Waits until it rings or the time is over. */
    void await(Duration longest) throws InterruptedException {
      if (rung.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        rung.drainPermits();
      }
    }

    boolean isReplaced() {
      return replaced;
    }
  }

  Bell hang(UUID gateway) {
    var bell = new Bell();
    Bell older = waiting.put(gateway, bell);
    if (older != null) {
      older.replaced = true;
      older.rung.release();
    }
    return bell;
  }

  void takeDown(UUID gateway, Bell bell) {
    waiting.remove(gateway, bell);
  }

  /** False once the hub is stopping. */
  boolean isRunning() {
    return notifications.isRunning();
  }

  private void ring(@Nullable String payload) {
    if (payload == null) {
      waiting.values().forEach(bell -> bell.rung.release());
      return;
    }
    Bell bell = waiting.get(UUID.fromString(payload));
    if (bell != null) {
      bell.rung.release();
    }
  }
}
