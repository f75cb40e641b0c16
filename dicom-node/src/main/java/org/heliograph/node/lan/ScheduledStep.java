package org.heliograph.node.lan;

import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/**
 * A scheduled procedure step, as a worklist item or a performed step names it.
 *
 * @param accessionNumber may be empty
 * @param stepId Scheduled Procedure Step ID, may be empty
 */
public record ScheduledStep(String studyInstanceUid, String accessionNumber, String stepId) {
  static ScheduledStep of(Dataset worklistItem) {
    return new ScheduledStep(
        worklistItem.string(Tag.StudyInstanceUID, ""),
        worklistItem.string(Tag.AccessionNumber, ""),
        worklistItem
            .item(Tag.ScheduledProcedureStepSequence)
            .flatMap(step -> step.string(Tag.ScheduledProcedureStepID))
            .orElse(""));
  }

  static List<ScheduledStep> performedFor(Dataset performedStep) {
    return performedStep.items(Tag.ScheduledStepAttributesSequence).stream()
        .map(item ->
            new ScheduledStep(
                item.string(Tag.StudyInstanceUID, ""),
                item.string(Tag.AccessionNumber, ""),
                item.string(Tag.ScheduledProcedureStepID, "")))
        .toList();
  }

  /** By step ID, in the same study or under the same accession number: the hub's rule. */
  boolean isExactly(ScheduledStep other) {
    return stepId.equals(other.stepId)
        && (isOfStudy(other)
            || (!accessionNumber.isEmpty() && accessionNumber.equals(other.accessionNumber)));
  }

  boolean isOfStudy(ScheduledStep other) {
    return studyInstanceUid.equals(other.studyInstanceUid);
  }

  @Override
  public String toString() {
    return "ScheduledStep[***]";
  }
}
