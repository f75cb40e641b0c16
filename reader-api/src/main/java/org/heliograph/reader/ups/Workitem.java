package org.heliograph.reader.ups;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.reader.cases.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * One Unified Procedure Step. Prints nothing of its content.
 *
 * @param caseId the case it stands for; null: made by a program
 * @param siteId whose program made it; null: a coordinator's, or a case's
 * @param readiness Input Readiness State (0040,4041)
 * @param transactionUid the performer's lock; null while nobody holds one
 * @param performerId who is or was at it, as far as the hub knows
 * @param dataset all but what the other components say
 */
record Workitem(
    long id,
    String uid,
    @Nullable CaseId caseId,
    @Nullable UUID siteId,
    WorkitemState state,
    String readiness,
    @Nullable String transactionUid,
    @Nullable UUID performerId,
    Dataset dataset,
    Instant dueAt,
    Instant modifiedAt) {
  static final String READY = "READY";
  static final String INCOMPLETE = "INCOMPLETE";

  /** What a retrieve is answered, never with the Transaction UID (PS3.18 11.5.3.3). */
  Dataset answer() {
    return dataset.toBuilder()
        .string(Tag.SOPClassUID, Uids.UnifiedProcedureStepPush)
        .string(Tag.SOPInstanceUID, uid)
        .string(Tag.ProcedureStepState, state.text())
        .string(Tag.InputReadinessState, readiness)
        .string(Tag.ScheduledProcedureStepModificationDateTime, DateTimes.text(modifiedAt))
        .remove(Tag.TransactionUID)
        .build();
  }

  Workitem with(WorkitemState newState, Dataset newDataset) {
    return new Workitem(
        id,
        uid,
        caseId,
        siteId,
        newState,
        readiness,
        transactionUid,
        performerId,
        newDataset,
        dueAt,
        modifiedAt);
  }

  Workitem with(Dataset newDataset) {
    return with(state, newDataset);
  }

  Workitem readiness(String newReadiness, Instant newDueAt) {
    return new Workitem(
        id,
        uid,
        caseId,
        siteId,
        state,
        newReadiness,
        transactionUid,
        performerId,
        dataset,
        newDueAt,
        modifiedAt);
  }

  /** Taken by somebody; the lock is null where it is not known to any program. */
  Workitem performedBy(@Nullable UUID person, @Nullable String lock) {
    return new Workitem(
        id,
        uid,
        caseId,
        siteId,
        WorkitemState.IN_PROGRESS,
        readiness,
        lock,
        person,
        dataset,
        dueAt,
        modifiedAt);
  }

  @Override
  public String toString() {
    return "Workitem[" + id + ", " + state + "]";
  }
}
