package org.heliograph.node.gateway;

import java.time.Instant;
import org.heliograph.node.forward.LinkProgress;
import org.jspecify.annotations.Nullable;

/**
 * What the view is told of the line.
 *
 * @param progress null while there is none: not enrolled, or the gateway does not run
 */
record LinkFacts(
    boolean enrolled,
    boolean enrolling,
    String hub,
    @Nullable Instant lastContact,
    @Nullable LinkProgress progress,
    @Nullable Long capBytesPerSecond) {}
