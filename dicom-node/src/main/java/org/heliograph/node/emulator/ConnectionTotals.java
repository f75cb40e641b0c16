package org.heliograph.node.emulator;

/**
 * What went through on one connection.
 *
 * @param firstUpAt {@link System#nanoTime} when the near side's first bytes went onto the link; 0
 *     if there were none
 * @param lastUpAt the same of its last ones
 * @param upBytes that the near side gave to the link, delivered or not
 * @param downBytes that the far side gave
 */
public record ConnectionTotals(long firstUpAt, long lastUpAt, long upBytes, long downBytes) {}
