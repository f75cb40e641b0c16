package org.heliograph.node.forward;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.node.link.Urgency;

/**
 * How far a parcel is, for the status page.
 *
 * @param sentBytes at the hub or on the way
 * @param wholeParts that the hub has confirmed
 * @param trouble why it did not go on at the last try, a stable code; empty if it does
 */
public record ParcelProgress(
    UUID parcel,
    Urgency urgency,
    Instant since,
    long sentBytes,
    long totalBytes,
    int wholeParts,
    int parts,
    String trouble) {}
