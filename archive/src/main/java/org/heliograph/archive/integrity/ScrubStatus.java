package org.heliograph.archive.integrity;

import java.time.Instant;
import org.heliograph.archive.integrity.StoredDigest.Phase;
import org.jspecify.annotations.Nullable;

/**
 * How far the scrub is.
 *
 * @param pass counted from 1; 0 before the first
 * @param blobs read in this pass
 * @param endedAt when this pass ended; null while it runs
 * @param openFindings of all passes, not put right
 */
public record ScrubStatus(
    long pass,
    Phase phase,
    long blobs,
    long bytes,
    @Nullable Instant beganAt,
    @Nullable Instant endedAt,
    long openFindings) {}
