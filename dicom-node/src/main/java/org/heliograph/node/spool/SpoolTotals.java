package org.heliograph.node.spool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the spool holds, instances and documents together. Bytes are those of files.
 *
 * @param waiting received, prepared or parcelled: not confirmed by the hub
 * @param oldestWaitingAt when the oldest of them came; null if nothing waits
 * @param confirmed by the hub, and not yet pruned
 * @param damaged files set aside in the folder {@code damaged}, whoever wrote them
 * @param diskFreeBytes of the volume
 * @param reserveBytes that new instances leave free
 */
public record SpoolTotals(
    long waiting,
    long waitingBytes,
    @Nullable Instant oldestWaitingAt,
    long confirmed,
    long confirmedBytes,
    long parked,
    long quarantined,
    long damaged,
    long openParcels,
    long diskFreeBytes,
    long diskUsedBytes,
    long reserveBytes) {}
