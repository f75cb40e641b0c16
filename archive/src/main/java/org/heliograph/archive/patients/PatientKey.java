package org.heliograph.archive.patients;

import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;

/** How a person names a patient of a site. */
public sealed interface PatientKey {
  UUID siteId();

  /**
   * By Patient ID (0010,0020) and its issuer.
   *
   * @param issuer "" where images name none
   */
  record ById(UUID siteId, String patientId, String issuer) implements PatientKey {
    @Override
    public String toString() {
      return "ById[***]";
    }
  }

  /** The patient that a study shows; the only way to name one without an ID. */
  record OfStudy(UUID siteId, StudyInstanceUid study) implements PatientKey {}
}
