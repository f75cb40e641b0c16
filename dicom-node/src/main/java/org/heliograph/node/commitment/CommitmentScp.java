package org.heliograph.node.commitment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.NormalizedHandler;
import org.heliograph.dicom.net.dimse.NormalizedRequest;
import org.heliograph.dicom.net.dimse.NormalizedResult;

/** Takes N-ACTION, Request Storage Commitment (PS3.4 J.3.2). */
final class CommitmentScp implements NormalizedHandler {
  static final SopClassUid SOP_CLASS = SopClassUid.of(Uids.StorageCommitmentPushModel);
  static final SopInstanceUid SOP_INSTANCE =
      SopInstanceUid.of(Uids.StorageCommitmentPushModelInstance);
  static final int MAX_INSTANCES = 10_000;
  private static final int REQUEST_STORAGE_COMMITMENT = 1;

  private final CommitmentLedger ledger;

  CommitmentScp(CommitmentLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public NormalizedResult perform(NormalizedRequest request) throws IOException {
    if (!(request instanceof NormalizedRequest.Action action)) {
      throw new DimseException(DimseStatus.UNRECOGNIZED_OPERATION);
    }
    if (!action.sopInstance().equals(SOP_INSTANCE)) {
      throw new DimseException(DimseStatus.NO_SUCH_SOP_INSTANCE);
    }
    if (action.actionType() != REQUEST_STORAGE_COMMITMENT) {
      throw new DimseException(DimseStatus.NO_SUCH_ACTION_TYPE);
    }
    var peer = request.invocation().peer();
    long id =
        ledger.accept(
            new CommitmentRequest(
                new AeTitle(peer.callingAe()),
                peer.caller().address(),
                uid(action.information(), Tag.TransactionUID, "transaction UID"),
                instances(action.information())));
    request.invocation().followUps().add(new ReportOnSameAssociation(ledger, id));
    return NormalizedResult.of(DimseStatus.SUCCESS);
  }

  private static List<ReferencedInstance> instances(Dataset information) throws DimseException {
    List<Dataset> items = information.items(Tag.ReferencedSOPSequence);
    if (items.isEmpty()) {
      throw invalid("no referenced SOP sequence", Tag.ReferencedSOPSequence);
    }
    if (items.size() > MAX_INSTANCES) {
      throw new DimseException(
          DimseStatus.RESOURCE_LIMITATION.withComment("more than " + MAX_INSTANCES + " instances"));
    }
    List<ReferencedInstance> instances = new ArrayList<>(items.size());
    for (Dataset item : items) {
      instances.add(
          new ReferencedInstance(
              new SopClassUid(uid(item, Tag.ReferencedSOPClassUID, "SOP class UID")),
              new SopInstanceUid(uid(item, Tag.ReferencedSOPInstanceUID, "SOP instance UID"))));
    }
    return instances;
  }

  private static Uid uid(Dataset dataset, int tag, String name) throws DimseException {
    String value = dataset.string(tag, "");
    if (!Uid.isValid(value)) {
      throw invalid(name + " missing or not valid", tag);
    }
    return new Uid(value);
  }

  private static DimseException invalid(String comment, int tag) {
    return new DimseException(
        DimseStatus.INVALID_ARGUMENT_VALUE
            .withComment(comment)
            .withOffendingElements(List.of(tag)));
  }
}
