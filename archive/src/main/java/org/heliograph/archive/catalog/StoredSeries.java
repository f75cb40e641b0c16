package org.heliograph.archive.catalog;

import java.util.List;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.jspecify.annotations.Nullable;

/** One series of the catalog with its instances in their order. Text is "" where empty. */
public record StoredSeries(
    long id,
    SeriesInstanceUid series,
    String modality,
    @Nullable Integer seriesNumber,
    String description,
    String bodyPartExamined,
    String laterality,
    List<StoredInstance> instances) {
  public StoredSeries {
    instances = List.copyOf(instances);
  }

  @Override
  public String toString() {
    return "StoredSeries[" + id + "]";
  }
}
