package org.heliograph.archive.integrity;

import java.time.Duration;

/**
 * How the scrub goes about it.
 *
 * @param bytesPerSecond read at most; 0 reads nothing
 * @param every a pass begins this long after the one before began
 */
public record ScrubSettings(long bytesPerSecond, Duration every) {
  private static final ScrubSettings DEFAULTS = new ScrubSettings(8L << 20, Duration.ofDays(7));

  /** 8 MiB in a second, a pass each week. */
  public static ScrubSettings defaults() {
    return DEFAULTS;
  }
}
