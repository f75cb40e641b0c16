package org.heliograph.reader.orders;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.node.query.QueryCaller;
import org.heliograph.node.worklist.WorklistSource;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.queryretrieve.CallerRights;
import org.heliograph.reader.queryretrieve.PagedAnswers;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.Sites;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The open steps of a caller's own site; each query is on the audit trail. Steps that a modality
 * has begun are told only when their status is asked for.
 */
@Component
class SiteWorklist implements WorklistSource {
  private static final int PAGE = 200;

  private final StepRows steps;
  private final Sites sites;
  private final CallerRights rights;
  private final AuditTrail audit;
  private final InstantSource clock;

  SiteWorklist(
      JdbcClient sql, Sites sites, CallerRights rights, AuditTrail audit, InstantSource clock) {
    this.steps = new StepRows(sql);
    this.sites = sites;
    this.rights = rights;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Iterator<Dataset> items(QueryCaller caller, Dataset keys) throws IOException {
    UUID site = rights.require(caller, AeRight.WORKLIST).siteId();
    try {
      audit.record(
          AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE)
              .about("dimse", "WORKLIST")
              .by(null, "AE " + caller.callingAe().value())
              .from(caller.peer().getHostAddress())
              .detail("C-FIND"));
      var items = new Pages(narrowing(site, keys), steps.stations(site));
      items.load();
      return items;
    } catch (DataAccessException e) {
      throw new IOException("the worklist does not answer", e);
    }
  }

  private StepRows.Narrowing narrowing(UUID site, Dataset keys) {
    Dataset step = keys.item(Tag.ScheduledProcedureStepSequence).orElseGet(Dataset::empty);
    return new StepRows.Narrowing(
        site,
        step.string(Tag.ScheduledProcedureStepStatus, "").isEmpty()
            ? List.of("SCHEDULED")
            : List.of("SCHEDULED", "STARTED"),
        step.dateRange(Tag.ScheduledProcedureStepStartDate).orElse(null),
        LocalDate.ofInstant(clock.instant(), sites.timeZone(site)));
  }

  private final class Pages extends PagedAnswers {
    private final StepRows.Narrowing narrowing;
    private final List<String> stations;
    private StepRows.Position last = StepRows.Position.START;

    Pages(StepRows.Narrowing narrowing, List<String> stations) {
      super("the worklist");
      this.narrowing = narrowing;
      this.stations = stations;
    }

    @Override
    protected void load() {
      var rows = steps.page(narrowing, last, stations, PAGE);
      if (!rows.isEmpty()) {
        last = rows.getLast().position();
      }
      take(rows.stream().map(StepRows.Row::item).toList(), rows.size() < PAGE);
    }
  }
}
