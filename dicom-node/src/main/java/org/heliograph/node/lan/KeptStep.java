package org.heliograph.node.lan;

import java.time.Instant;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.node.mpps.PerformedStep;
import org.jspecify.annotations.Nullable;

/**
 * A performed procedure step in the queue.
 *
 * @param revision grows with each change
 * @param toldRevision the last one that is durable at the hub, 0 for none
 * @param toldAt when that was, by our clock
 * @param attributes DICOM JSON; empty when the step is final and the hub has it
 * @param failures attempts to tell it, in a row
 * @param code why it waits for a person; empty if it does not
 */
record KeptStep(
    String sopInstanceUid,
    String callingAe,
    PerformedStep.Status status,
    long revision,
    long toldRevision,
    @Nullable Instant toldAt,
    List<ScheduledStep> scheduled,
    String attributes,
    Instant changedAt,
    int failures,
    Instant dueAt,
    String code) {
  KeptStep {
    scheduled = List.copyOf(scheduled);
  }

  boolean isTold() {
    return toldRevision == revision;
  }

  /** Whether what the hub said at a moment was said with this in mind. */
  boolean wasToldBefore(Instant moment) {
    return isTold() && toldAt != null && toldAt.isBefore(moment);
  }

  private boolean isFinal() {
    return status != PerformedStep.Status.IN_PROGRESS;
  }

  boolean isParked() {
    return !code.isEmpty();
  }

  /** What an N-SET finds; of a step without attributes only that it is final. */
  Dataset current() {
    return attributes.isEmpty()
        ? Dataset.builder().string(Tag.PerformedProcedureStepStatus, status.term()).build()
        : DicomJson.read(attributes);
  }

  /** After a change; it is told anew, even if the hub did not want it as it was. */
  KeptStep changed(Dataset after, String json, Instant now) throws DimseException {
    return new KeptStep(
        sopInstanceUid,
        callingAe,
        new PerformedStep(after).status(),
        revision + 1,
        toldRevision,
        toldAt,
        scheduled,
        json,
        now,
        0,
        now,
        "");
  }

  /** The hub has a revision. */
  KeptStep told(long atHub, Instant now) {
    boolean done = isFinal() && atHub == revision;
    return new KeptStep(
        sopInstanceUid,
        callingAe,
        status,
        revision,
        atHub,
        now,
        scheduled,
        done ? "" : attributes,
        changedAt,
        0,
        now,
        "");
  }

  /** Tried once more without success, or given up with a code. */
  KeptStep later(int failuresNow, Instant due, String why) {
    return new KeptStep(
        sopInstanceUid,
        callingAe,
        status,
        revision,
        toldRevision,
        toldAt,
        scheduled,
        attributes,
        changedAt,
        failuresNow,
        due,
        why);
  }

  @Override
  public String toString() {
    return "KeptStep[revision=" + revision + "]";
  }
}
