package org.heliograph.reader.commitment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.node.commitment.CommitmentLedger;
import org.heliograph.node.commitment.CommitmentReport;
import org.heliograph.node.commitment.CommitmentRequest;
import org.heliograph.node.commitment.FailureReason;
import org.heliograph.node.commitment.ReferencedInstance;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ledger of storage commitments in the hub's database. Who may store may ask; it is told only
 * of instances of its site, and at the address that is registered when it is told.
 */
@Component
class HubLedger implements CommitmentLedger {
  private static final Logger log = LoggerFactory.getLogger(HubLedger.class);

  private final ApplicationEntities entities;
  private final CommitmentRows rows;
  private final Decision decision;
  private final CommitmentSettings settings;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  HubLedger(
      ApplicationEntities entities,
      CommitmentRows rows,
      Decision decision,
      CommitmentSettings settings,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.entities = entities;
    this.rows = rows;
    this.decision = decision;
    this.settings = settings;
    this.audit = audit;
    this.transaction = transaction;
  }

  @Override
  public long accept(CommitmentRequest request) throws IOException {
    ApplicationEntity entity =
        database(() -> entities.byTitle(request.callingAe().value())).orElse(null);
    if (entity == null || !entity.may(AeRight.STORE)) {
      log.warn(
          "event=request.refused calling={} peer={} right={}",
          request.callingAe().value(),
          request.peer().getHostAddress(),
          AeRight.STORE);
      throw new DimseException(
          DimseStatus.NOT_AUTHORIZED.withComment("the calling AE title may not store"));
    }
    Optional<Long> id =
        database(() ->
            transaction.execute(status -> {
              audit.record(
                  AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE)
                      .about("commitment", request.transaction().value())
                      .by(null, "AE " + entity.aeTitle())
                      .from(request.peer().getHostAddress())
                      .detail("N-ACTION"));
              return rows.add(entity.siteId(), request);
            }));
    return id.orElseThrow(() ->
        new DimseException(
            DimseStatus.PROCESSING_FAILURE.withComment("transaction UID of another request")));
  }

  @Override
  public Optional<CommitmentReport> claim(long id) throws IOException {
    Optional<CommitmentRows.Claimed> claimed = database(() -> rows.claim(id));
    return claimed.isEmpty() ? Optional.empty() : Optional.of(report(claimed.get()));
  }

  @Override
  public Optional<CommitmentReport> claimDue() throws IOException {
    while (true) {
      CommitmentRows.Claimed claimed = database(rows::claimDue).orElse(null);
      if (claimed == null) {
        return Optional.empty();
      }
      CommitmentReport report = report(claimed);
      if (report.address() != null) {
        return Optional.of(report);
      }
      log.warn("event=commitment.parked id={} code=NO_ADDRESS", claimed.id());
      change(() -> rows.park(claimed.id(), "NO_ADDRESS"));
    }
  }

  private CommitmentReport report(CommitmentRows.Claimed claimed) throws IOException {
    List<Integer> outcomes = claimed.outcomes();
    if (outcomes == null) {
      outcomes = decide(claimed);
    }
    List<ReferencedInstance> committed = new ArrayList<>();
    List<CommitmentReport.Failed> failed = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      ReferencedInstance instance = claimed.instances().get(i);
      int outcome = outcomes.get(i);
      if (outcome == Decision.COMMITTED) {
        committed.add(instance);
      } else {
        failed.add(new CommitmentReport.Failed(instance, FailureReason.of(outcome)));
      }
    }
    ApplicationEntity entity =
        database(() -> entities.byTitle(claimed.aeTitle()))
            .filter(known -> known.siteId().equals(claimed.siteId()))
            .orElse(null);
    return new CommitmentReport(
        claimed.id(),
        claimed.transaction(),
        new AeTitle(claimed.aeTitle()),
        entity == null ? null : entity.address().orElse(null),
        committed,
        failed);
  }

  /** Once it is found out it stays, so that every attempt tells the same. */
  private List<Integer> decide(CommitmentRows.Claimed claimed) throws IOException {
    try {
      List<Integer> outcomes = decision.of(claimed.siteId(), claimed.instances());
      rows.decided(claimed.id(), outcomes);
      return outcomes;
    } catch (IOException | DataAccessException e) {
      log.warn(
          "event=commitment.undecided id={} cause={}", claimed.id(), e.getClass().getSimpleName());
      change(() -> rows.later(claimed.id(), "STORE_UNAVAILABLE", settings));
      throw new IOException("what is stored cannot be found out now", e);
    }
  }

  @Override
  public void told(CommitmentReport report) throws IOException {
    change(() -> rows.done(report.id()));
  }

  @Override
  public void notTold(CommitmentReport report, String code) throws IOException {
    change(() -> rows.later(report.id(), code, settings));
  }

  @Override
  public void associationEnded(long id) throws IOException {
    change(() -> rows.dueNow(id));
  }

  /** Forgets what was told long ago. */
  int forget() {
    return rows.forget(settings);
  }

  private static void change(Runnable change) throws IOException {
    database(() -> {
      change.run();
      return true;
    });
  }

  private static <T> T database(Supplier<T> access) throws IOException {
    try {
      return access.get();
    } catch (DataAccessException | TransactionException e) {
      throw new IOException("the database does not answer", e);
    }
  }
}
