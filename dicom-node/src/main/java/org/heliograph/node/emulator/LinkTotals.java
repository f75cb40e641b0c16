package org.heliograph.node.emulator;

/**
 * What went through so far.
 *
 * @param connections that were let through
 * @param upBytes that the near side gave to the link, delivered or not
 * @param downBytes that the far side gave
 */
public record LinkTotals(int connections, long upBytes, long downBytes) {}
