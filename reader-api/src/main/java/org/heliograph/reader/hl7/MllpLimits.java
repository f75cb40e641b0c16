package org.heliograph.reader.hl7;

import java.time.Duration;

/**
 * What a sender may take of the hub.
 *
 * @param frameBytes the longest content of a frame
 * @param connections at once, in all
 * @param connectionsPerPeer at once, of one address
 * @param idle how long a connection may stay without a frame
 * @param exchange for a whole frame from its first byte, and again for taking its answer
 */
record MllpLimits(
    int frameBytes, int connections, int connectionsPerPeer, Duration idle, Duration exchange) {
  static final MllpLimits DEFAULT =
      new MllpLimits(1 << 20, 64, 16, Duration.ofMinutes(10), Duration.ofSeconds(30));
}
