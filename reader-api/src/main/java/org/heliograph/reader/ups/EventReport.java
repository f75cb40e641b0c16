package org.heliograph.reader.ups;

import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;

/**
 * An event of a workitem as subscribers are told it (PS3.4 Table CC.2.4-1).
 *
 * @param type Event Type ID
 * @param audience who of the subscribers is told
 */
record EventReport(int type, Audience audience, Dataset information) {
  static final int STATE = 1;
  static final int CANCEL_REQUESTED = 2;
  static final int PROGRESS = 3;
  static final int SCP_STATUS = 4;
  static final int ASSIGNED = 5;

  /** Whom an event may be told. */
  enum Audience {
    /** Who saw the workitem before or sees it now: they learn that it left their list. */
    SAW_OR_SEES,
    /** Who sees it now. */
    SEES
  }

  private static final int[] CANCEL_FIELDS = {
    Tag.ReasonForCancellation,
    Tag.ProcedureStepDiscontinuationReasonCodeSequence,
    Tag.ContactURI,
    Tag.ContactDisplayName
  };

  /** The state as it is; it names no reason, which may be about the patient. */
  static EventReport state(Workitem workitem) {
    return new EventReport(
        STATE,
        Audience.SAW_OR_SEES,
        Dataset.builder()
            .string(Tag.ProcedureStepState, workitem.state().text())
            .string(Tag.InputReadinessState, workitem.readiness())
            .build());
  }

  static EventReport assigned(Workitem workitem) {
    Dataset.Builder information = Dataset.builder();
    copy(workitem.dataset(), information, Tag.ScheduledStationNameCodeSequence);
    workitem
        .dataset()
        .item(Tag.ScheduledHumanPerformersSequence)
        .ifPresent(performer -> {
          copy(performer, information, Tag.HumanPerformerCodeSequence);
          copy(performer, information, Tag.HumanPerformerOrganization);
        });
    return new EventReport(ASSIGNED, Audience.SEES, information.build());
  }

  static EventReport progress(Workitem workitem) {
    Dataset.Builder information = Dataset.builder();
    copy(workitem.dataset(), information, Tag.ProcedureStepProgressInformationSequence);
    return new EventReport(PROGRESS, Audience.SEES, information.build());
  }

  static EventReport cancelRequested(Dataset request, String requestingAe) {
    Dataset.Builder information = Dataset.builder().string(Tag.RequestingAE, requestingAe);
    copy(request, information, CANCEL_FIELDS);
    return new EventReport(CANCEL_REQUESTED, Audience.SEES, information.build());
  }

  private static void copy(Dataset from, Dataset.Builder to, int... tags) {
    for (int tag : tags) {
      from.get(tag).ifPresent(to::element);
    }
  }

  @Override
  public String toString() {
    return "EventReport[" + type + "]";
  }
}
