package org.heliograph.node.inbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.node.peer.PeerAddress;
import org.heliograph.node.peer.PeerConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a report in the clinic's PACS (PS3.4 Annex B). Sent twice after a fault, it is the same
 * object under the same UIDs.
 */
final class PacsDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(PacsDelivery.class);
  private static final AssociationTimeouts TIMEOUTS =
      AssociationTimeouts.defaults().withResponse(Duration.ofMinutes(1));

  private final Inbox inbox;
  private final InboxSettings settings;
  private final PeerConnections connections;

  PacsDelivery(Inbox inbox, InboxSettings settings, PeerConnections connections) {
    this.inbox = inbox;
    this.settings = settings;
    this.connections = connections;
  }

  /** The status of a refusal; null when the PACS has it. */
  @Nullable DimseStatus store(InboxReport report, ReportForm form) throws IOException {
    PeerAddress pacs = settings.pacs();
    if (pacs == null) {
      throw new IOException("no PACS");
    }
    var object =
        form == ReportForm.SR
            ? ReportObject.structuredReport(inbox.file(report, ReportForm.SR))
            : ReportObject.encapsulatedPdf(inbox, report);
    var proposal =
        StorageScu.to(pacs.host(), pacs.port(), settings.own(), pacs.aeTitle())
            .propose(
                object.sopClass(),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.transferSyntaxUid(),
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.transferSyntaxUid())
            .timeouts(TIMEOUTS);
    Path encoded = inbox.folder(report).resolve(form.word() + ".send");
    try (StorageScu association = connections.over(pacs, proposal).open()) {
      var syntax =
          association.accepts(
                  object.sopClass(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.transferSyntaxUid())
              ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
              : TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
      try (var out = new BufferedOutputStream(Files.newOutputStream(encoded))) {
        DicomWriter.writeDataset(out, syntax, object.dataset(), object.bulk());
      }
      DimseStatus status =
          association.store(
              object.sopClass(),
              object.sopInstance(),
              syntax.transferSyntaxUid(),
              DatasetSource.of(encoded));
      release(association);
      return status.isAccepted() ? null : status;
    } finally {
      Files.deleteIfExists(encoded);
    }
  }

  /** What was answered counts, however the association ends. */
  private static void release(StorageScu association) {
    try {
      association.release();
    } catch (IOException e) {
      LOG.info("event=report.not_released cause={}", e.getClass().getSimpleName());
    }
  }
}
