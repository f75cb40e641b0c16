package org.heliograph.node.spool;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * A photo or a PDF of the spool, as it was when asked for. It needs no preparing, so it begins as
 * {@link InstanceState#PREPARED}.
 *
 * @param digest SHA-256 of the file, hexadecimal
 * @param parcel the open parcel that it is in
 * @param code why it is parked, else empty
 */
public record SpooledDocument(
    UUID id,
    InstanceState state,
    ManifestStudy study,
    String mediaType,
    String view,
    String title,
    long sizeBytes,
    String digest,
    Instant receivedAt,
    Urgency urgency,
    boolean hasPreview,
    @Nullable UUID parcel,
    String code) {
  @Override
  public String toString() {
    return "SpooledDocument[" + id + " " + state + "]";
  }
}
