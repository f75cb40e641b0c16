package org.heliograph.reader.cases;

import org.heliograph.dicom.data.StudyInstanceUid;

/** A study of a case: made by us for its photos, or sent by a modality. */
public record CaseStudy(StudyInstanceUid study, Origin origin) {
  /** Where the study comes from. */
  public enum Origin {
    PHOTO,
    SENT
  }
}
