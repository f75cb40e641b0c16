package org.heliograph.reader.gateways;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A computer at a clinic that sends for its site. */
public record Gateway(
    UUID id,
    UUID siteId,
    String name,
    String software,
    Instant enrolledAt,
    @Nullable Instant switchedOffAt) {}
