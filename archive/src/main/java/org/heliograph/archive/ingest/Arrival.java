package org.heliograph.archive.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/** A stored instance that the reading side has not been told of yet. Text is "" where empty. */
public record Arrival(
    long instanceId,
    long studyId,
    UUID siteId,
    String origin,
    Instant receivedAt,
    StudyInstanceUid study,
    SeriesInstanceUid series,
    SopInstanceUid instance,
    SopClassUid sopClass,
    String modality,
    String accessionNumber,
    String patientId,
    String issuerOfPatientId,
    PersonName patientName,
    @Nullable LocalDate patientBirthDate,
    String patientSex,
    String bodyPartExamined,
    String laterality,
    @Nullable LocalDate studyDate,
    String studyDescription) {
  @Override
  public String toString() {
    return "Arrival[instance " + instanceId + " of study " + studyId + "]";
  }
}
