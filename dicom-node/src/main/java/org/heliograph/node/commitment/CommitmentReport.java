package org.heliograph.node.commitment;

import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.node.peer.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told to whoever asked (PS3.4 J.3.3). It is the same at each attempt.
 *
 * @param id the ledger's own
 * @param receiver the AE title that asked
 * @param address where the receiver listens; null if nobody knows
 */
public record CommitmentReport(
    long id,
    Uid transaction,
    AeTitle receiver,
    @Nullable PeerAddress address,
    List<ReferencedInstance> committed,
    List<Failed> failed) {
  private static final int REQUEST_SUCCESSFUL = 1;
  private static final int FAILURES_EXIST = 2;

  /** An instance without commitment. */
  public record Failed(ReferencedInstance instance, FailureReason reason) {}

  public CommitmentReport {
    committed = List.copyOf(committed);
    failed = List.copyOf(failed);
  }

  /** Event Type ID: 1 if there is a commitment to everything, else 2. */
  int eventType() {
    return failed.isEmpty() ? REQUEST_SUCCESSFUL : FAILURES_EXIST;
  }

  /** Event Information (PS3.4 Table J.3-2). */
  Dataset information() {
    Dataset.Builder information = Dataset.builder().string(Tag.TransactionUID, transaction.value());
    if (!committed.isEmpty()) {
      information.sequence(
          Tag.ReferencedSOPSequence, committed.stream().map(each -> item(each).build()).toList());
    }
    if (!failed.isEmpty()) {
      information.sequence(
          Tag.FailedSOPSequence,
          failed.stream()
              .map(each ->
                  item(each.instance()).integer(Tag.FailureReason, each.reason().code()).build())
              .toList());
    }
    return information.build();
  }

  private static Dataset.Builder item(ReferencedInstance instance) {
    return Dataset.builder()
        .string(Tag.ReferencedSOPClassUID, instance.sopClass().value().value())
        .string(Tag.ReferencedSOPInstanceUID, instance.sopInstance().value().value());
  }

  @Override
  public String toString() {
    return "CommitmentReport[" + id + "]";
  }
}
