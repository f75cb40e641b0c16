package org.heliograph.node.emulator;

import java.time.Duration;

/**
 * What a link can do while it is up.
 *
 * @param upBytesPerSecond from the gateway to the hub, all connections together
 * @param downBytesPerSecond from the hub to the gateway, all connections together
 * @param roundTrip half of it is spent in each direction
 * @param jitter up to this much more in each direction, drawn anew for each piece; order is kept
 */
public record LinkShape(
    double upBytesPerSecond, double downBytesPerSecond, Duration roundTrip, Duration jitter) {
  public LinkShape {
    if (!(upBytesPerSecond > 0) || !(downBytesPerSecond > 0)) {
      throw new IllegalArgumentException("a link has a rate above 0");
    }
    if (roundTrip.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("a link has no negative latency");
    }
  }

  /** The same rate both ways, without jitter. */
  public static LinkShape ofKilobits(double kilobitsPerSecond, Duration roundTrip) {
    double bytes = kilobitsPerSecond * 1000 / 8;
    return new LinkShape(bytes, bytes, roundTrip, Duration.ZERO);
  }
}
