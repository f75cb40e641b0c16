package org.heliograph.node.commitment;

import java.io.IOException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.NoAcceptedContextException;
import org.heliograph.dicom.net.ul.AssociationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an attempt to report ended, as the ledger keeps it. */
final class Reporting {
  static final String TOLD = "";
  private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);

  private Reporting() {}

  /** The receiver's answer. */
  static String code(DimseStatus status) {
    return status.isAccepted() ? TOLD : "STATUS_" + status.hex();
  }

  /** Why there was no answer. */
  static String code(IOException fault) {
    return switch (fault) {
      case AssociationException known -> known.code();
      case NoAcceptedContextException _ -> "NO_CONTEXT";
      default -> "UNREACHABLE";
    };
  }

  /** Writes the outcome down; if that fails the report is due again when its claim has run out. */
  static void record(CommitmentLedger ledger, CommitmentReport report, String code) {
    try {
      if (code.equals(TOLD)) {
        ledger.told(report);
        LOG.info(
            "event=commitment.told id={} committed={} failed={}",
            report.id(),
            report.committed().size(),
            report.failed().size());
      } else {
        LOG.warn("event=commitment.not_told id={} code={}", report.id(), code);
        ledger.notTold(report, code);
      }
    } catch (IOException e) {
      LOG.warn(
          "event=commitment.outcome_lost id={} cause={}",
          report.id(),
          e.getClass().getSimpleName());
    }
  }
}
