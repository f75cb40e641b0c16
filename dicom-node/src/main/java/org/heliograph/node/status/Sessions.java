package org.heliograph.node.status;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Browsers that have shown the PIN; in memory, so a restart locks all of them. */
final class Sessions {
  private static final Duration IDLE = Duration.ofMinutes(15);
  private static final int MOST = 50;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> lastSeen =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST;
        }
      };

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** A new session's secret. */
  synchronized String begin() {
    String secret = secret(random);
    lastSeen.put(secret, clock.instant());
    return secret;
  }

  /**
   * Whether a session goes on.
   *
   * @param touch whether a person did something: looks by themselves do not keep it open
   */
  synchronized boolean goesOn(String secret, boolean touch) {
    Instant seen = lastSeen.get(secret);
    Instant now = clock.instant();
    if (seen == null || seen.plus(IDLE).isBefore(now) || seen.isAfter(now.plus(IDLE))) {
      lastSeen.remove(secret);
      return false;
    }
    if (touch) {
      lastSeen.put(secret, now);
    }
    return true;
  }

  synchronized void end(String secret) {
    lastSeen.remove(secret);
  }

  /** 256 random bits. */
  static String secret(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
