package org.heliograph.node.spool;

import java.time.Instant;
import java.util.UUID;

/**
 * A file that was set aside in the folder {@code damaged}.
 *
 * @param id of the instance or document, or a new one if the file was nobody's
 * @param code why: one of {@link SpoolCode}
 */
public record DamagedFile(UUID id, String code, long sizeBytes, Instant at) {}
