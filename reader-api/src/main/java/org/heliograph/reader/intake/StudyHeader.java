package org.heliograph.reader.intake;

import java.time.LocalDate;
import java.util.UUID;
import org.heliograph.archive.ingest.Arrival;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.reader.cases.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a study by its header, from an image that is stored or from the manifest of a
 * gateway. Text is "" where empty.
 *
 * @param urgency of a case that is opened for it
 * @param byModality whether images of a modality belong to it, and not photos alone
 */
public record StudyHeader(
    UUID siteId,
    StudyInstanceUid study,
    String modality,
    String accessionNumber,
    String patientId,
    String issuerOfPatientId,
    PersonName patientName,
    @Nullable LocalDate patientBirthDate,
    String patientSex,
    String bodyPartExamined,
    String laterality,
    Urgency urgency,
    boolean byModality) {
  static StudyHeader of(Arrival arrival) {
    return new StudyHeader(
        arrival.siteId(),
        arrival.study(),
        arrival.modality(),
        arrival.accessionNumber(),
        arrival.patientId(),
        arrival.issuerOfPatientId(),
        arrival.patientName(),
        arrival.patientBirthDate(),
        arrival.patientSex(),
        arrival.bodyPartExamined(),
        arrival.laterality(),
        Urgency.ROUTINE,
        true);
  }

  @Override
  public String toString() {
    return "StudyHeader[***]";
  }
}
