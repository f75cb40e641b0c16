package org.heliograph.reader.ups;

import java.time.Instant;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;

/** The final state requirements (PS3.4 CC.2.5.1.1). */
final class FinalState {
  private static final int LONGEST_REASON = 10_240;

  private FinalState() {}

  /** Whether the performed procedure tells its begin, its end and what was done. */
  static boolean isMetForCompleted(Dataset data) {
    return data.item(Tag.UnifiedProcedureStepPerformedProcedureSequence)
        .filter(performed ->
            performed.string(Tag.PerformedProcedureStepStartDateTime).isPresent()
                && performed.string(Tag.PerformedProcedureStepEndDateTime).isPresent()
                && !performed.items(Tag.PerformedWorkitemCodeSequence).isEmpty())
        .isPresent();
  }

  /** With the moment and, where nobody gave one, a reason of the cancellation. */
  static Dataset canceled(Dataset data, Instant at, String reason) {
    Dataset progress =
        data.item(Tag.ProcedureStepProgressInformationSequence).orElse(Dataset.empty());
    Dataset.Builder item = progress.toBuilder();
    if (!progress.contains(Tag.ProcedureStepCancellationDateTime)) {
      item.string(Tag.ProcedureStepCancellationDateTime, DateTimes.text(at));
    }
    if (progress.items(Tag.ProcedureStepDiscontinuationReasonCodeSequence).isEmpty()) {
      item.sequence(Tag.ProcedureStepDiscontinuationReasonCodeSequence, Codes.DISCONTINUED);
    }
    if (!reason.isEmpty()) {
      Codes.text(item, Tag.ReasonForCancellation, Vr.LT, reason, LONGEST_REASON);
    }
    return data.toBuilder()
        .sequence(Tag.ProcedureStepProgressInformationSequence, item.build())
        .build();
  }
}
