package org.heliograph.samples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;

/** The functional groups of a long enhanced MR series (PS3.3 A.36): nearly all of it is header. */
final class EnhancedHeader {
  private static final int FRAMES = 1000;
  private static final String UID = "2.25.190117270351520187211018342156325231014";

  private EnhancedHeader() {}

  static Dataset dataset() {
    List<Dataset> frames = new ArrayList<>();
    for (int i = 1; i <= FRAMES; i++) {
      frames.add(frame(i));
    }
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.SOPClassUID, Uids.EnhancedMrImageStorage)
        .string(Tag.SOPInstanceUID, UID)
        .string(Tag.Modality, "MR")
        .integer(Tag.NumberOfFrames, FRAMES)
        .sequence(Tag.PerFrameFunctionalGroupsSequence, frames.toArray(Dataset[]::new))
        .build();
  }

  private static Dataset frame(int number) {
    Dataset content =
        Dataset.builder()
            .string(Tag.FrameAcquisitionDateTime, "20261120093012.250000")
            .string(Tag.StackID, "1")
            .integer(Tag.InStackPositionNumber, number)
            .integer(Tag.DimensionIndexValues, 1, number)
            .build();
    Dataset plane =
        Dataset.builder().decimal(Tag.ImagePositionPatient, -90, -120, 1.5 * number).build();
    Dataset window =
        Dataset.builder()
            .decimal(Tag.WindowCenter, 600 + number)
            .decimal(Tag.WindowWidth, 1200)
            .build();
    return Dataset.builder()
        .sequence(Tag.FrameContentSequence, content)
        .sequence(Tag.PlanePositionSequence, plane)
        .sequence(Tag.FrameVOILUTSequence, window)
        .build();
  }
}
