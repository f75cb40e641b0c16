package org.heliograph.archive.ingest.photo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * What a photo's DICOM header says besides the picture. The same file with the same header gives
 * the same object again, so a repeated upload is stored once.
 *
 * @param instance the caller's choice, one for each upload
 * @param sex M, F, O or empty
 * @param bodyPart a defined term of PS3.16 Annex L such as HAND, or empty
 * @param laterality R, L, B (both), U (unpaired) or empty
 * @param view the clinic's words for the view, or empty
 * @param acquiredAt when the photo was taken or, if unknown, uploaded
 */
public record PhotoHeader(
    UUID siteId,
    StudyInstanceUid study,
    SeriesInstanceUid series,
    SopInstanceUid instance,
    int seriesNumber,
    int instanceNumber,
    PersonName patientName,
    String patientId,
    String issuerOfPatientId,
    @Nullable LocalDate birthDate,
    String sex,
    String accessionNumber,
    String bodyPart,
    String laterality,
    String view,
    Instant acquiredAt) {

  @Override
  public String toString() {
    return "PhotoHeader[***]";
  }
}
