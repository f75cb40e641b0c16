package org.heliograph.reader.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Five wrong passwords in a minute pause the login name until the oldest of them is a minute old,
 * whether or not there is such a person. Kept in memory, bounded.
 */
@Component
public final class AttemptLimit {
  static final int FAILURES = 5;
  public static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int NAMES_REMEMBERED = 20_000;

  private final InstantSource clock;
  private final int allowed;
  private final Map<String, Deque<Instant>> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > NAMES_REMEMBERED;
        }
      };

  @Autowired
  AttemptLimit(InstantSource clock) {
    this(clock, FAILURES);
  }

  /** Another number of failures than of passwords. */
  public AttemptLimit(InstantSource clock, int allowed) {
    this.clock = clock;
    this.allowed = allowed;
  }

  /**
   * Ends with TR-0012 while the name is paused; else the attempt counts as failed until {@link
   * #succeeded} says otherwise, so that many at once are no way around the limit.
   */
  synchronized void begin(String login) {
    Deque<Instant> recent = recent(login);
    if (recent.size() >= allowed) {
      Duration left = Duration.between(clock.instant(), recent.getFirst().plus(WINDOW));
      throw new ProblemException(ProblemCode.TOO_MANY_ATTEMPTS, left.toSeconds() + 1);
    }
    recent.addLast(clock.instant());
  }

  /** Whether there were as many failures as are allowed. */
  public synchronized boolean isPaused(String name) {
    return recent(name).size() >= allowed;
  }

  /** Counts a failure of this name, or address. */
  public synchronized void failed(String name) {
    recent(name).addLast(clock.instant());
  }

  synchronized void succeeded(String login) {
    failures.remove(key(login));
  }

  private Deque<Instant> recent(String login) {
    Deque<Instant> recent = failures.computeIfAbsent(key(login), name -> new ArrayDeque<>());
    Instant oldest = clock.instant().minus(WINDOW);
    while (!recent.isEmpty() && !recent.getFirst().isAfter(oldest)) {
      recent.removeFirst();
    }
    return recent;
  }

  private static String key(String login) {
    String name = login.toLowerCase(Locale.ROOT);
    return name.length() > 64 ? name.substring(0, 64) : name;
  }
}
