package org.heliograph.reader.retention;

import java.util.UUID;
import org.heliograph.archive.patients.PatientKey;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** How persons write down which patient they mean. */
public final class PatientKeys {
  private static final String BY_STUDY = "study:";

  private PatientKeys() {}

  /**
   * Reads {@code ID}, {@code ID^^^ISSUER} as in HL7, or {@code study:UID} for the patient that a
   * study shows.
   */
  public static PatientKey parse(UUID siteId, String text) {
    if (text.startsWith(BY_STUDY)) {
      String uid = text.substring(BY_STUDY.length());
      if (!Uid.isValid(uid)) {
        throw new ProblemException(ProblemCode.INVALID_FIELD, "patient", "not a UID after study:");
      }
      return new PatientKey.OfStudy(siteId, StudyInstanceUid.of(uid));
    }
    String[] parts = text.split("\\^", -1);
    if (parts[0].isBlank() || text.indexOf('\0') >= 0) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "patient", "no Patient ID");
    }
    return new PatientKey.ById(siteId, parts[0], parts.length > 3 ? parts[3] : "");
  }
}
