package org.heliograph.node.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is, told about once a minute while something changes.
 *
 * @param waitingInstances not confirmed by the hub
 * @param oldestWaitingSeconds how long the oldest of them waits, by the gateway's own clock
 * @param parked what a person at the clinic should look at
 */
public record GatewayStatus(
    String software,
    Instant startedAt,
    long waitingInstances,
    long waitingBytes,
    long oldestWaitingSeconds,
    long parked,
    long diskFreeBytes,
    long diskUsedBytes,
    @Nullable Long bytesPerSecond) {}
