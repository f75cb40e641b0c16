package org.heliograph.reader.cases;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides when every picture of a handed-over case is here: no upload is under way, an X-ray that
 * was announced has come, every parcel of a gateway is complete, and a sender without a manifest
 * has been quiet long enough.
 */
@Component
public class CaseReadiness {
  /** What keeps a case from being complete. */
  private record Pending(boolean uploads, boolean parcels, boolean quietPeriod) {}

  private static final String PENDING =
      """
      select exists (select 1 from reading.upload u
                     where u.case_id = c.id and u.state = 'ARRIVING') as uploads,
             exists (select 1 from reading.parcel_study s
                     join reading.parcel p on p.id = s.parcel_id
                     where s.case_id = c.id and p.completed_at is null and p.released_at is null)
               as parcels,
             coalesce(c.quiet_until > clock_timestamp(), false) as quiet_period
      from reading.case_file c where c.id = ?
      """;
  private static final String DUE =
      """
      select c.id from reading.case_file c
      where c.state in ('SUBMITTED', 'RECEIVING') and c.quiet_until <= clock_timestamp()
      order by c.quiet_until
      limit 50
      for update skip locked
      """;

  private final JdbcClient sql;
  private final Cases cases;

  CaseReadiness(JdbcClient sql, Cases cases) {
    this.sql = sql;
    this.cases = cases;
  }

  /** Moves a locked case on if nothing is missing any more; otherwise leaves it as it is. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile settle(CaseFile locked) {
    if (!locked.state().awaitsImages()
        || locked.images().total() == 0
        || (locked.request().expectXray() && locked.images().sentCount() == 0)) {
      return locked;
    }
    var pending = pending(locked.id());
    if (!pending.uploads() && !pending.parcels() && !pending.quietPeriod()) {
      return cases.append(locked, CaseHappening.byHub(CaseEventKind.COMPLETED));
    }
    return locked.state() == CaseState.SUBMITTED
        ? cases.append(locked, CaseHappening.byHub(CaseEventKind.IMAGES_ARRIVED))
        : locked;
  }

  /** Whether pictures of the case are under way just now. */
  @Transactional(readOnly = true)
  public boolean hasUploadsUnderWay(CaseId id) {
    var pending = pending(id);
    return pending.uploads() || pending.parcels();
  }

  /** Whether a gateway announced pictures of the case that are not all here yet. */
  @Transactional(readOnly = true)
  public boolean awaitsParcels(CaseId id) {
    return pending(id).parcels();
  }

  /** Settles cases whose quiet period has passed; returns how many were looked at. */
  @Transactional
  public int settleDue() {
    var due = sql.sql(DUE).query((row, n) -> new CaseId(row.getObject(1, UUID.class))).list();
    for (var id : due) {
      sql.sql("update reading.case_file set quiet_until = null where id = ?")
          .param(id.value())
          .update();
      settle(cases.lock(id));
    }
    return due.size();
  }

  private Pending pending(CaseId id) {
    return sql.sql(PENDING)
        .param(id.value())
        .query((row, n) ->
            new Pending(
                row.getBoolean("uploads"),
                row.getBoolean("parcels"),
                row.getBoolean("quiet_period")))
        .single();
  }
}
