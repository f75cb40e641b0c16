package org.heliograph.reader.commitment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseScp;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.NormalizedHandler;
import org.heliograph.dicom.net.dimse.NormalizedRequest;
import org.heliograph.dicom.net.dimse.NormalizedResult;
import org.heliograph.dicom.net.dimse.NormalizedScu;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.AssociationServer;
import org.heliograph.dicom.net.ul.AssociationService;
import org.heliograph.dicom.net.ul.Caller;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.reader.CtStudies;

/** A modality that stores, asks for commitment, and listens for reports. */
final class CommitmentRequestor {
  static final SopClassUid COMMITMENT = SopClassUid.of(Uids.StorageCommitmentPushModel);
  static final SopInstanceUid WELL_KNOWN =
      SopInstanceUid.of(Uids.StorageCommitmentPushModelInstance);

  private final AeTitle title;
  private final int hubPort;

  /** What came, in any way. */
  final Queue<Report> reports = new ConcurrentLinkedQueue<>();

  CommitmentRequestor(String title, int hubPort) {
    this.title = new AeTitle(title);
    this.hubPort = hubPort;
  }

  /** A report: the event type, and for each instance 0 or its failure reason. */
  record Report(String transaction, int eventType, Map<String, Integer> outcomes) {
    static Report of(NormalizedRequest request) {
      var event = (NormalizedRequest.EventReport) request;
      Map<String, Integer> outcomes = new TreeMap<>();
      for (Dataset item : event.information().items(Tag.ReferencedSOPSequence)) {
        outcomes.put(item.string(Tag.ReferencedSOPInstanceUID, ""), 0);
      }
      for (Dataset item : event.information().items(Tag.FailedSOPSequence)) {
        outcomes.put(
            item.string(Tag.ReferencedSOPInstanceUID, ""), item.integer(Tag.FailureReason, -1));
      }
      return new Report(
          event.information().string(Tag.TransactionUID, ""), event.eventType(), outcomes);
    }
  }

  void store(Dataset... slices) throws IOException {
    try (StorageScu scu =
        StorageScu.to("127.0.0.1", hubPort, title, new AeTitle("HELIOGRAPH"))
            .propose(CtStudies.SOP_CLASS, CtStudies.SYNTAX)
            .open()) {
      for (Dataset slice : slices) {
        scu.store(
            CtStudies.SOP_CLASS,
            SopInstanceUid.of(slice.string(Tag.SOPInstanceUID, "")),
            CtStudies.SYNTAX,
            DatasetSource.of(CtStudies.encode(slice)));
      }
      scu.release();
    }
  }

  static Dataset request(String transaction, Dataset... instances) {
    List<Dataset> items = new ArrayList<>();
    for (Dataset instance : instances) {
      items.add(
          Dataset.builder()
              .string(Tag.ReferencedSOPClassUID, instance.string(Tag.SOPClassUID, ""))
              .string(Tag.ReferencedSOPInstanceUID, instance.string(Tag.SOPInstanceUID, ""))
              .build());
    }
    return Dataset.builder()
        .string(Tag.TransactionUID, transaction)
        .sequence(Tag.ReferencedSOPSequence, items)
        .build();
  }

  NormalizedScu open() throws IOException {
    return NormalizedScu.to("127.0.0.1", hubPort, title, new AeTitle("HELIOGRAPH"))
        .propose(COMMITMENT)
        .events(taking())
        .open();
  }

  private NormalizedHandler taking() {
    return request -> {
      reports.add(Report.of(request));
      return NormalizedResult.of(DimseStatus.SUCCESS);
    };
  }

  /** Asks and releases at once. */
  String ask(Dataset information) throws IOException {
    try (NormalizedScu scu = open()) {
      DimseStatus status = scu.action(COMMITMENT, WELL_KNOWN, 1, information).status();
      scu.release();
      return status.hex();
    }
  }

  /** Asks and waits on the same association. */
  Report askAndWait(Dataset... instances) throws IOException {
    String transaction = Uid.create().value();
    try (NormalizedScu scu = open()) {
      DimseStatus status =
          scu.action(COMMITMENT, WELL_KNOWN, 1, request(transaction, instances)).status();
      if (!status.isAccepted() || !scu.awaitEvent(Duration.ofSeconds(20))) {
        throw new AssertionError("no report after status " + status.hex());
      }
      scu.release();
    }
    return reports.remove();
  }

  /** Listens for reports on associations of their own. */
  AssociationServer listen(int port) throws IOException {
    var services = DimseServices.builder().normalized(taking(), COMMITMENT).build();
    var settings = AssociationServer.Settings.defaults();
    var negotiation = services.negotiation(settings.maxPduLengthBytes()).build();
    return AssociationServer.start(
        settings.at(settings.bindAddress(), port),
        new AssociationService() {
          @Override
          public Decision decide(Pdu.AssociateRq request, Caller caller) {
            var roles = request.userInformation().roles();
            if (!request.calledAe().equals(title.value())
                || roles.size() != 1
                || !roles.getFirst().ofRequestor().isScp()) {
              throw new AssertionError("the reporter proposes itself as SCP");
            }
            return negotiation.answer(request, caller);
          }

          @Override
          public void serve(long id, Association association) throws IOException {
            DimseScp.serve(association, services);
          }
        });
  }
}
