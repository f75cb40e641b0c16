package org.heliograph.node.commitment;

import java.io.IOException;
import java.time.Duration;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.EventReporter;
import org.heliograph.dicom.net.dimse.FollowUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report on the association of the request, if that is still there when the requestor has had
 * time to release it (PS3.4 J.3.3). The ledger's faults do not end the association: the report is
 * due again later.
 */
record ReportOnSameAssociation(CommitmentLedger ledger, long id) implements FollowUp {
  private static final Logger LOG = LoggerFactory.getLogger(ReportOnSameAssociation.class);
  private static final Duration TIME_TO_RELEASE = Duration.ofMillis(500);

  @Override
  public Duration silence() {
    return TIME_TO_RELEASE;
  }

  @Override
  public void run(EventReporter reporter) throws IOException {
    CommitmentReport report;
    try {
      report = ledger.claim(id).orElse(null);
    } catch (IOException e) {
      LOG.warn("event=commitment.undecided id={} cause={}", id, e.getClass().getSimpleName());
      return;
    }
    if (report == null) {
      return;
    }
    DimseStatus status;
    try {
      status =
          reporter.report(
              CommitmentScp.SOP_CLASS,
              CommitmentScp.SOP_INSTANCE,
              report.eventType(),
              report.information());
    } catch (IOException e) {
      Reporting.record(ledger, report, Reporting.code(e));
      throw e;
    }
    Reporting.record(ledger, report, status == null ? "RELEASED" : Reporting.code(status));
  }

  @Override
  public void abandoned() {
    try {
      ledger.associationEnded(id);
    } catch (IOException e) {
      LOG.warn("event=commitment.waits id={} cause={}", id, e.getClass().getSimpleName());
    }
  }
}
