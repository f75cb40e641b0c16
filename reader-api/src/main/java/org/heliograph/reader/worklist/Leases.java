package org.heliograph.reader.worklist;

import java.util.UUID;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseSettings;
import org.heliograph.reader.cases.Cases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** How long a reader holds a case. Only the database's clock decides. */
@Component
class Leases {
  private static final String EXPIRED =
      """
      select c.id from reading.case_file c
      where c.state = 'CLAIMED' and c.claimed_until < clock_timestamp()
      order by c.claimed_until
      limit 100
      for update skip locked
      """;
  private static final String RENEW =
      """
      update reading.case_file
      set claimed_until = clock_timestamp() + make_interval(secs => ?)
      where id = ? and state = 'CLAIMED'
      """;

  private final JdbcClient sql;
  private final Cases cases;
  private final CaseSettings settings;

  Leases(JdbcClient sql, Cases cases, CaseSettings settings) {
    this.sql = sql;
    this.cases = cases;
    this.settings = settings;
  }

  /** Returns cases to the worklist whose readers went silent; how many were returned. */
  @Transactional
  int expire() {
    var expired =
        sql.sql(EXPIRED).query((row, n) -> new CaseId(row.getObject(1, UUID.class))).list();
    for (var id : expired) {
      cases.append(cases.lock(id), CaseHappening.byHub(CaseEventKind.LEASE_EXPIRED));
    }
    return expired.size();
  }

  /** Gives the holder of a locked case the whole time again. Not an event: nothing happened. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void renew(CaseId locked) {
    sql.sql(RENEW).params((double) settings.lease().toSeconds(), locked.value()).update();
  }
}
