package org.heliograph.archive.ingest;

import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;

/** A stored instance: our own ids, which may be logged, and its UIDs, which may not. */
public record InstanceRef(
    long instanceId,
    long studyId,
    StudyInstanceUid study,
    SeriesInstanceUid series,
    SopInstanceUid instance) {
  @Override
  public String toString() {
    return "InstanceRef[" + instanceId + " of study " + studyId + "]";
  }
}
