package org.heliograph.reader.ups;

import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DicomDateTime;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;

/** What programs may write (PS3.4 Table CC.2.5-3, columns N-CREATE and N-SET). */
final class WorkitemRules {
  private static final Set<String> PRIORITIES = Set.of("HIGH", "MEDIUM", "LOW");
  private static final Set<String> READINESS =
      Set.of(Workitem.READY, Workitem.INCOMPLETE, "UNAVAILABLE");
  private static final int PATIENT_GROUP = 0x0010;
  private static final int MAX_ATTRIBUTES = 300;

  /** Those of type 2: they are there, if without a value. */
  private static final int[] TYPE_2 = {
    Tag.WorklistLabel,
    Tag.ScheduledProcessingParametersSequence,
    Tag.ScheduledStationNameCodeSequence,
    Tag.ScheduledStationClassCodeSequence,
    Tag.ScheduledStationGeographicLocationCodeSequence,
    Tag.ScheduledWorkitemCodeSequence,
    Tag.CommentsOnTheScheduledProcedureStep,
    Tag.InputInformationSequence,
    Tag.PatientName,
    Tag.PatientID,
    Tag.PatientBirthDate,
    Tag.PatientSex,
    Tag.AdmissionID,
    Tag.ReferencedRequestSequence,
    Tag.ProcedureStepProgressInformationSequence,
    Tag.UnifiedProcedureStepPerformedProcedureSequence
  };

  /** What an update never changes. */
  private static final Set<Integer> FIXED =
      Set.of(
          Tag.SOPClassUID,
          Tag.SOPInstanceUID,
          Tag.ProcedureStepState,
          Tag.ReferencedRequestSequence,
          Tag.AdmissionID,
          Tag.ScheduledProcedureStepModificationDateTime);

  /** All that an update changes of a case's workitem: the rest is the case's. */
  private static final Set<Integer> OF_THE_PERFORMER =
      Set.of(
          Tag.ProcedureStepProgressInformationSequence,
          Tag.UnifiedProcedureStepPerformedProcedureSequence,
          Tag.SpecificCharacterSet,
          Tag.TransactionUID);

  private WorkitemRules() {}

  /** Checks a new workitem; the answer is complete in its attributes of type 2. */
  static Dataset created(Dataset given) {
    common(given);
    refuse(
        given.contains(Tag.TransactionUID) && given.string(Tag.TransactionUID).isPresent(),
        Tag.TransactionUID,
        "is empty in a new workitem");
    refuse(
        !given.string(Tag.ProcedureStepState, "").equals("SCHEDULED"),
        Tag.ProcedureStepState,
        "is SCHEDULED in a new workitem");
    require(given, Tag.ScheduledProcedureStepPriority);
    require(given, Tag.ProcedureStepLabel);
    require(given, Tag.ScheduledProcedureStepStartDateTime);
    require(given, Tag.InputReadinessState);
    refuse(
        !given.items(Tag.ProcedureStepProgressInformationSequence).isEmpty(),
        Tag.ProcedureStepProgressInformationSequence,
        "is empty in a new workitem");
    refuse(
        !given.items(Tag.UnifiedProcedureStepPerformedProcedureSequence).isEmpty(),
        Tag.UnifiedProcedureStepPerformedProcedureSequence,
        "is empty in a new workitem");
    Dataset.Builder whole = given.toBuilder();
    for (int tag : TYPE_2) {
      if (!given.contains(tag)) {
        whole.empty(tag);
      }
    }
    return stored(whole);
  }

  /** Checks what is to be changed of a workitem. */
  static Dataset updated(Workitem workitem, Dataset changes) {
    common(changes);
    for (Element element : changes) {
      int tag = element.tag();
      refuse(
          FIXED.contains(tag)
              || tag >>> 16 == PATIENT_GROUP
              || (workitem.caseId() != null && !OF_THE_PERFORMER.contains(tag)),
          tag,
          workitem.caseId() == null ? "is not changed by an update" : "belongs to the case");
    }
    return stored(workitem.dataset().toBuilder().addAll(changes));
  }

  /** Without what stands in columns. */
  private static Dataset stored(Dataset.Builder data) {
    return data.remove(Tag.SOPClassUID)
        .remove(Tag.SOPInstanceUID)
        .remove(Tag.TransactionUID)
        .remove(Tag.ProcedureStepState)
        .remove(Tag.InputReadinessState)
        .remove(Tag.ScheduledProcedureStepModificationDateTime)
        .build();
  }

  private static void common(Dataset given) {
    if (given.size() > MAX_ATTRIBUTES) {
      throw new ProblemException(
          ProblemCode.UPS_ATTRIBUTE, "there are more than " + MAX_ATTRIBUTES + " attributes");
    }
    for (Element element : given) {
      int group = element.tag() >>> 16;
      refuse(group < 0x0008 || group >= 0x5000, element.tag(), "does not belong to a workitem");
    }
    given
        .string(Tag.ScheduledProcedureStepPriority)
        .ifPresent(value ->
            refuse(
                !PRIORITIES.contains(value),
                Tag.ScheduledProcedureStepPriority,
                "is HIGH, MEDIUM or LOW"));
    given
        .string(Tag.InputReadinessState)
        .ifPresent(value ->
            refuse(
                !READINESS.contains(value),
                Tag.InputReadinessState,
                "is READY, INCOMPLETE or UNAVAILABLE"));
    for (int tag :
        new int[] {Tag.ScheduledProcedureStepStartDateTime, Tag.ExpectedCompletionDateTime}) {
      given
          .string(tag)
          .ifPresent(
              value -> refuse(DicomDateTime.parse(value).isEmpty(), tag, "is not a date and time"));
    }
    given
        .string(Tag.SOPInstanceUID)
        .ifPresent(value -> refuse(!Uid.isValid(value), Tag.SOPInstanceUID, "is not a UID"));
  }

  private static void require(Dataset given, int tag) {
    refuse(given.string(tag).isEmpty(), tag, "is missing");
  }

  private static void refuse(boolean wrong, int tag, String why) {
    if (wrong) {
      throw new ProblemException(ProblemCode.UPS_ATTRIBUTE, Tags.toString(tag) + " " + why);
    }
  }
}
