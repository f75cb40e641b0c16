package org.heliograph.archive.ingest;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;

/** An instance that is kept apart from the catalog until a person decides. */
public record QuarantinedInstance(
    long id,
    UUID siteId,
    String origin,
    QuarantineReason reason,
    StudyInstanceUid study,
    SopInstanceUid instance,
    SopClassUid sopClass,
    BlobKey blob,
    long blobBytes,
    int timesReceived,
    Instant firstReceivedAt,
    Instant lastReceivedAt) {
  @Override
  public String toString() {
    return "QuarantinedInstance[" + id + ", " + reason + "]";
  }
}
