package org.heliograph.dicom.net.dimse;

import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/** Query/Retrieve Level (0008,0052) (PS3.4 C.6.1.1, C.6.2.1, Y.3). */
public enum QueryRetrieveLevel {
  PATIENT(Tag.PatientID),
  STUDY(Tag.StudyInstanceUID),
  SERIES(Tag.SeriesInstanceUID),
  IMAGE(Tag.SOPInstanceUID),
  /** Frames of an instance; Composite Instance Root only. */
  FRAME(Tag.SOPInstanceUID);

  private final int uniqueKey;

  QueryRetrieveLevel(int uniqueKey) {
    this.uniqueKey = uniqueKey;
  }

  /** The tag of the level's unique key. */
  public int uniqueKey() {
    return uniqueKey;
  }

  /** The level that an identifier names; empty if it names none of these. */
  public static Optional<QueryRetrieveLevel> of(Dataset identifier) {
    var name = identifier.string(Tag.QueryRetrieveLevel).orElse("").strip();
    for (var level : values()) {
      if (level.name().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
