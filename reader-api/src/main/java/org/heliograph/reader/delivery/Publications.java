package org.heliograph.reader.delivery;

import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.report.AfterSignature;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The queue of signed issues in {@code reading.publication}. An issue is in it from its signature
 * on; it leaves as DONE, or after {@link #MAX_ATTEMPTS} as PARKED, which a person sees and can put
 * back.
 */
@Component
class Publications implements AfterSignature {
  static final int MAX_ATTEMPTS = 12;

  private static final String CLAIM =
      """
      update reading.publication p
      set claimed_until = clock_timestamp() + interval '2 minutes', attempt = p.attempt + 1
      where p.issue_id = (
        select q.issue_id from reading.publication q
        where q.state = 'PENDING' and q.due_at <= clock_timestamp()
          and (q.claimed_until is null or q.claimed_until <= clock_timestamp())
        order by q.due_at
        limit 1
        for update skip locked)
      returning p.issue_id, p.attempt,
        (select i.case_id from reading.report_issue i where i.id = p.issue_id) as case_id
      """;
  // Doubles from 2 seconds to 10 minutes, with up to a quarter of jitter.
  private static final String LATER =
      """
      update reading.publication
      set claimed_until = null, last_error_code = :code,
          state = case when :final or attempt >= :max then 'PARKED' else 'PENDING' end,
          due_at = clock_timestamp()
            + least(600, power(2, attempt)) * (1 + random() / 4) * interval '1 second'
      where issue_id = :issue and state = 'PENDING'
      """;

  private final JdbcClient sql;

  Publications(JdbcClient sql) {
    this.sql = sql;
  }

  /** A claimed publication. */
  record Claimed(UUID issueId, CaseId caseId, int attempt) {}

  @Override
  public void signed(CaseId caseId, UUID issueId) {
    sql.sql("insert into reading.publication (issue_id, due_at) values (?, clock_timestamp())")
        .param(issueId)
        .update();
  }

  /** Takes the next due publication for two minutes; nobody else gets it meanwhile. */
  Optional<Claimed> claim() {
    return sql.sql(CLAIM)
        .query((row, n) ->
            new Claimed(
                row.getObject("issue_id", UUID.class),
                new CaseId(row.getObject("case_id", UUID.class)),
                row.getInt("attempt")))
        .optional();
  }

  /** In the transaction that delivers; false if it was done before. */
  boolean done(UUID issueId) {
    return sql.sql(
                """
                update reading.publication set state = 'DONE', done_at = clock_timestamp(),
                  claimed_until = null, last_error_code = ''
                where issue_id = ? and state = 'PENDING'
                """)
            .param(issueId)
            .update()
        == 1;
  }

  void tryLater(UUID issueId, String code, boolean isFinal) {
    sql.sql(LATER)
        .param("code", code)
        .param("final", isFinal)
        .param("max", MAX_ATTEMPTS)
        .param("issue", issueId)
        .update();
  }
}
