package org.heliograph.reader.cases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a clinic's gateway announced for a case and has not sent yet (JSON). Nothing of a patient.
 *
 * @param receivedBytes of the parcels, as they travel
 * @param storedInstances images and documents whose fate is known
 * @param previews that can be looked at now
 * @param lastHeardAt when the gateway was heard last
 * @param silent whether that is too long ago
 */
public record UnderWay(
    String gateway,
    long receivedBytes,
    long totalBytes,
    long storedInstances,
    long totalInstances,
    long previews,
    @Nullable Instant lastHeardAt,
    boolean silent) {
  /** Whether there is nothing but previews to look at. */
  boolean previewsOnly() {
    return previews > 0 && storedInstances == 0;
  }
}
