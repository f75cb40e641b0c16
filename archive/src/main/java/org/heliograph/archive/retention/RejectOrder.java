package org.heliograph.archive.retention;

import java.util.UUID;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants rejected.
 *
 * @param series only this series; null for all
 * @param instance only this instance; null for all
 * @param keepReports leave signed reports in sight
 * @param removeAfterDays remove it for good so many days afterwards; null to hide it only
 */
public record RejectOrder(
    UUID siteId,
    StudyInstanceUid study,
    @Nullable SeriesInstanceUid series,
    @Nullable SopInstanceUid instance,
    RejectCode code,
    ChangeOrder by,
    boolean keepReports,
    @Nullable Integer removeAfterDays) {
  public RejectOrder {
    if (removeAfterDays != null && (removeAfterDays < 0 || removeAfterDays > 36_500)) {
      throw new IllegalArgumentException("removeAfterDays");
    }
  }
}
