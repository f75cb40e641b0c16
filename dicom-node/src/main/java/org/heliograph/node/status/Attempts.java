package org.heliograph.node.status;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Wrong PINs: five from one address, or thirty from all, within a quarter of an hour, and nobody
 * there is heard until some of them are older.
 */
final class Attempts {
  static final int MOST_OF_ONE = 5;
  static final int MOST_OF_ALL = 30;
  static final Duration WITHIN = Duration.ofMinutes(15);
  private static final int MOST_ADDRESSES = 1_000;

  private final InstantSource clock;
  private final Deque<Instant> all = new ArrayDeque<>();
  private final Map<InetAddress, Deque<Instant>> each =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Deque<Instant>> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  Attempts(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts an attempt before it is looked at, so that many at once are counted too.
   *
   * @return whether it may be made
   */
  synchronized boolean begin(InetAddress peer) {
    Deque<Instant> mine = each.computeIfAbsent(peer, _ -> new ArrayDeque<>());
    forget(all);
    forget(mine);
    if (mine.size() >= MOST_OF_ONE || all.size() >= MOST_OF_ALL) {
      return false;
    }
    mine.add(clock.instant());
    all.add(clock.instant());
    return true;
  }

  /** It was the right one: the address begins anew. */
  synchronized void right(InetAddress peer) {
    Deque<Instant> mine = each.remove(peer);
    if (mine != null) {
      mine.forEach(all::removeFirstOccurrence);
    }
  }

  private void forget(Deque<Instant> times) {
    Instant now = clock.instant();
    // A clock that was set back does not lock anyone out for longer.
    times.removeIf(time -> time.isAfter(now) || time.plus(WITHIN).isBefore(now));
  }
}
