package org.heliograph.node.forward;

import java.time.Duration;

/**
 * How the link is used.
 *
 * @param plan how much of the clinic's line may be used when
 * @param patience how long less urgent parcels wait before they get their small share
 * @param quiet how long no new image of a study must have come before it is packed
 * @param longestWait when a study that goes on coming is packed as far as it is
 * @param failBack how often a cheaper way is tried while a costlier one is used
 * @param maxChunkBytes 16 KiB to 8 MiB; on a slow link chunks are shorter
 */
public record LinkSettings(
    BandwidthPlan plan,
    Duration patience,
    Duration quiet,
    Duration longestWait,
    Duration failBack,
    int maxChunkBytes) {
  /** No limits, ten minutes of patience. */
  public static final LinkSettings USUAL =
      new LinkSettings(
          BandwidthPlan.FREE,
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          8 << 20);

  public LinkSettings withPlan(BandwidthPlan fresh) {
    return new LinkSettings(fresh, patience, quiet, longestWait, failBack, maxChunkBytes);
  }

  public LinkSettings withMaxChunkBytes(int bytes) {
    return new LinkSettings(plan, patience, quiet, longestWait, failBack, bytes);
  }

  public LinkSettings withPatience(Duration fresh) {
    return new LinkSettings(plan, fresh, quiet, longestWait, failBack, maxChunkBytes);
  }

  public LinkSettings withFailBack(Duration fresh) {
    return new LinkSettings(plan, patience, quiet, longestWait, fresh, maxChunkBytes);
  }
}
