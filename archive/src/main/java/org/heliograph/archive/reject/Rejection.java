package org.heliograph.archive.reject;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * A reject note that was received or made.
 *
 * @param hides whether what it names is hidden while it is in force
 * @param hiddenCount how many instances it hides now
 * @param withdrawnAt when a person took it back
 * @param removalDueAt when what it hides is removed for good; null if never
 */
public record Rejection(
    long id,
    UUID siteId,
    StudyInstanceUid study,
    SopInstanceUid note,
    RejectCode code,
    String origin,
    String observer,
    String reason,
    boolean hides,
    int hiddenCount,
    Instant receivedAt,
    @Nullable Instant withdrawnAt,
    @Nullable Instant removalDueAt) {
  @Override
  public String toString() {
    return "Rejection[" + id + "]";
  }
}
