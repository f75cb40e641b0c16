package org.heliograph.reader.orders;

import java.io.IOException;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.node.link.PerformedStepReport;
import org.heliograph.node.mpps.PerformedStep;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Performed steps that a gateway took from the modalities of its clinic. It tells each as it stands
 * there, with a revision that grows; what is known already changes nothing.
 */
@Component
public class GatewaySteps {
  private static final int LONGEST = 1 << 20;

  private final PerformedStepRows rows;
  private final JdbcClient sql;

  GatewaySteps(PerformedStepRows rows, JdbcClient sql) {
    this.rows = rows;
    this.sql = sql;
  }

  /**
   * Keeps a step of the site; durable when it returns.
   *
   * @return whether something changed
   * @throws ProblemException TR-0525 it can never be kept
   */
  @Transactional(rollbackFor = Exception.class)
  public boolean keep(UUID siteId, SopInstanceUid uid, PerformedStepReport report)
      throws IOException {
    Dataset attributes = read(report);
    Long known =
        sql.sql(
                """
                select gateway_revision from reading.performed_step
                where sop_instance_uid = ? and site_id = ? for update
                """)
            .params(uid.value().value(), siteId)
            .query(Long.class)
            .optional()
            .orElse(null);
    if (known != null && known >= report.revision()) {
      return false;
    }
    try {
      if (known == null) {
        rows.create(siteId, report.callingAe(), uid, attributes);
      } else {
        rows.change(siteId, uid, current -> after(new PerformedStep(current), attributes));
      }
    } catch (DimseException e) {
      throw new ProblemException(
          ProblemCode.STEP_NOT_TAKEN, e, "DIMSE status %04XH".formatted(e.status().code()));
    }
    sql.sql("update reading.performed_step set gateway_revision = ? where sop_instance_uid = ?")
        .params(report.revision(), uid.value().value())
        .update();
    return true;
  }

  /** What is final stays as it is (PS3.4 F.7.2.2.2). */
  private static Dataset after(PerformedStep current, Dataset told) throws DimseException {
    return current.status() == PerformedStep.Status.IN_PROGRESS ? told : current.attributes();
  }

  private static Dataset read(PerformedStepReport report) {
    if (report.attributes().length() > LONGEST || report.revision() < 1) {
      throw new ProblemException(ProblemCode.STEP_NOT_TAKEN, "It is too large or has no revision");
    }
    try {
      new AeTitle(report.callingAe());
      Dataset attributes = DicomJson.read(report.attributes());
      new PerformedStep(attributes).status();
      return attributes;
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.STEP_NOT_TAKEN, e, "Its attributes cannot be read");
    }
  }
}
