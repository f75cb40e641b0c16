package org.heliograph.archive.catalog;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/** One study of the catalog with all that is in it. Text is "" where empty. */
public record StoredStudy(
    long id,
    UUID siteId,
    StudyInstanceUid study,
    PersonName patientName,
    String patientId,
    String issuerOfPatientId,
    @Nullable LocalDate patientBirthDate,
    String patientSex,
    @Nullable LocalDate studyDate,
    String studyTime,
    String accessionNumber,
    String description,
    PersonName referringPhysicianName,
    List<StoredSeries> series) {
  public StoredStudy {
    series = List.copyOf(series);
  }

  @Override
  public String toString() {
    return "StoredStudy[" + id + "]";
  }
}
