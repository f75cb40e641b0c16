package org.heliograph.reader.orders;

import java.io.IOException;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.node.mpps.ProcedureStepSink;
import org.heliograph.node.query.QueryCaller;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.queryretrieve.CallerRights;
import org.heliograph.reader.sites.AeRight;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps what the modalities of a site say they perform; nothing is answered before it is durable.
 */
@Component
class PerformedSteps implements ProcedureStepSink {
  private final PerformedStepRows rows;
  private final CallerRights rights;
  private final AuditTrail audit;

  PerformedSteps(PerformedStepRows rows, CallerRights rights, AuditTrail audit) {
    this.rows = rows;
    this.rights = rights;
    this.audit = audit;
  }

  @Override
  public void create(QueryCaller caller, SopInstanceUid step, Dataset attributes)
      throws IOException {
    UUID site = rights.require(caller, AeRight.WORKLIST).siteId();
    try {
      rows.create(site, caller.callingAe().value(), step, attributes);
      record(caller, step, AuditAction.CREATE);
    } catch (DataAccessException | TransactionException e) {
      throw new IOException("the step cannot be kept now", e);
    }
  }

  @Override
  public void change(QueryCaller caller, SopInstanceUid step, Change change) throws IOException {
    UUID site = rights.require(caller, AeRight.WORKLIST).siteId();
    try {
      rows.change(site, step, change);
      record(caller, step, AuditAction.UPDATE);
    } catch (DataAccessException | TransactionException e) {
      throw new IOException("the step cannot be kept now", e);
    }
  }

  private void record(QueryCaller caller, SopInstanceUid step, AuditAction action) {
    audit.record(
        AuditEvent.of(AuditKind.PROCEDURE_RECORD, action)
            .about("performed-step", step.value().value())
            .by(null, "AE " + caller.callingAe().value())
            .from(caller.peer().getHostAddress()));
  }
}
