package org.heliograph.archive.quota;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a site uses.
 *
 * @param byteCount bytes of its images, hidden ones too
 * @param byteLimit its quota in bytes; null without one
 * @param mode what happens at the quota; null without one
 */
public record SiteUsage(
    UUID siteId,
    long byteCount,
    long instanceCount,
    @Nullable Long byteLimit,
    @Nullable QuotaMode mode) {
  /** The highest threshold reached, in percent of the quota: 0, 80, 95 or 100. */
  public int threshold() {
    Long limit = byteLimit;
    if (limit == null) {
      return 0;
    }
    for (int percent : new int[] {100, 95, 80}) {
      if (byteCount / (double) limit >= percent / 100.0) {
        return percent;
      }
    }
    return 0;
  }

  /** Whether more is refused. */
  public boolean refuses() {
    return mode == QuotaMode.HARD && threshold() == 100;
  }
}
