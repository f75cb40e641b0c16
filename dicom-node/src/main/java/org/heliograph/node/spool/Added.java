package org.heliograph.node.spool;

import java.util.UUID;
import org.heliograph.node.storage.StoreOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file that was given to the spool.
 *
 * @param instance the spool's id of it, or of the one that has the same content; null if nothing
 *     was kept, or if it was confirmed and pruned before
 */
public record Added(StoreOutcome outcome, @Nullable UUID instance) {}
