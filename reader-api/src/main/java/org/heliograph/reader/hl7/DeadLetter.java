package org.heliograph.reader.hl7;

import java.time.Instant;

/**
 * A message that could not be applied and waits for a person; without what it says.
 *
 * @param reasonCode {@code TR-NNNN}
 * @param reason what is wrong, with the place of it
 */
public record DeadLetter(
    long id,
    Instant receivedAt,
    String peer,
    int byteCount,
    String reasonCode,
    String reason,
    int attempts) {}
