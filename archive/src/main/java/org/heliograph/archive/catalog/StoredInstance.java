package org.heliograph.archive.catalog;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the catalog.
 *
 * @param datasetOffset where the data set begins in the blob
 * @param digest lower-case hex SHA-256 of the data set as received
 * @param corrected what stands for the patient of its header on the way out; null for the header's
 */
public record StoredInstance(
    long id,
    long studyId,
    UUID siteId,
    StudyInstanceUid study,
    SeriesInstanceUid series,
    SopInstanceUid instance,
    SopClassUid sopClass,
    TransferSyntaxUid transferSyntax,
    @Nullable Integer instanceNumber,
    @Nullable Integer rows,
    @Nullable Integer columns,
    int numberOfFrames,
    BlobKey blob,
    long blobBytes,
    int datasetOffset,
    String digest,
    Instant receivedAt,
    @Nullable CorrectedPatient corrected) {
  @Override
  public String toString() {
    return "StoredInstance[" + id + "]";
  }
}
