package org.heliograph.node.spool;

import java.time.Duration;

/**
 * How much of what the hub has confirmed stays at the clinic. What is not confirmed always stays.
 *
 * @param keep how long after the hub's receipt a file stays at most
 * @param keepBytes how much of confirmed files stays at most; the oldest go first
 * @param minFreeBytes confirmed files go, the oldest first, while less than this is free
 */
public record PrunePolicy(Duration keep, long keepBytes, long minFreeBytes) {}
