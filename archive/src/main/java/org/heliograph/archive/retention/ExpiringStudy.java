package org.heliograph.archive.retention;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * A study whose time is over.
 *
 * @param expiredOn the day its longest rule ended
 * @param held whether a legal hold keeps it nevertheless
 */
public record ExpiringStudy(
    UUID siteId,
    StudyInstanceUid study,
    @Nullable LocalDate studyDate,
    List<String> modalities,
    int instanceCount,
    long byteCount,
    LocalDate expiredOn,
    boolean keepReports,
    int graceDays,
    boolean held) {
  public ExpiringStudy {
    modalities = List.copyOf(modalities);
  }

  @Override
  public String toString() {
    return "ExpiringStudy[expired " + expiredOn + "]";
  }
}
