package org.heliograph.reader.commitment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.node.commitment.CommitmentRequest;
import org.heliograph.node.commitment.ReferencedInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The queue {@code reading.storage_commitment}. Times are the database's. */
@Component
class CommitmentRows {
  /** Time for the association of the request to tell it; then a worker does. */
  private static final String INSERT =
      """
      insert into reading.storage_commitment
        (site_id, ae_title, transaction_uid, sop_class_uids, sop_instance_uids, due_at)
      values (:site, :ae, :transaction, :classes, :instances,
              clock_timestamp() + interval '15 seconds')
      on conflict (ae_title, transaction_uid) do nothing
      returning id
      """;

  private static final String AGAIN =
      """
      update reading.storage_commitment
      set state = 'PENDING', attempt = 0, outcomes = null, last_error_code = '', done_at = null,
          due_at = clock_timestamp() + interval '15 seconds', claimed_until = null
      where ae_title = :ae and transaction_uid = :transaction and site_id = :site
        and sop_class_uids = :classes and sop_instance_uids = :instances
      returning id
      """;
  private static final String CLAIM =
      """
      update reading.storage_commitment c
      set claimed_until = clock_timestamp() + interval '5 minutes', attempt = c.attempt + 1
      where c.id = (
        select q.id from reading.storage_commitment q
        where q.state = 'PENDING'
          and (q.claimed_until is null or q.claimed_until <= clock_timestamp())
          %s
        limit 1
        for update skip locked)
      returning c.id, c.site_id, c.ae_title, c.transaction_uid, c.sop_class_uids,
        c.sop_instance_uids, c.outcomes
      """;
  private static final String CLAIM_ONE = CLAIM.formatted("and q.id = :id");
  private static final String CLAIM_DUE =
      CLAIM.formatted("and q.due_at <= clock_timestamp() order by q.due_at");

  /** Doubles from 2 seconds to the longest pause, with up to a quarter of jitter. */
  private static final String LATER =
      """
      update reading.storage_commitment
      set claimed_until = null, last_error_code = :code,
          state = case when attempt >= :attempts then 'PARKED' else 'PENDING' end,
          due_at = clock_timestamp()
            + least(:longest, power(2, attempt)) * (1 + random() / 4) * interval '1 second'
      where id = :id and state = 'PENDING'
      """;

  private final JdbcClient sql;

  CommitmentRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** A claimed request; its outcomes are null until they were found out. */
  record Claimed(
      long id,
      UUID siteId,
      String aeTitle,
      Uid transaction,
      List<ReferencedInstance> instances,
      @Nullable List<Integer> outcomes) {
    @Override
    public String toString() {
      return "Claimed[" + id + "]";
    }
  }

  /** Writes a request down, or puts the same one back; empty if the UID stands for another. */
  Optional<Long> add(UUID siteId, CommitmentRequest request) {
    return written(INSERT, siteId, request).or(() -> written(AGAIN, siteId, request));
  }

  private Optional<Long> written(String statement, UUID siteId, CommitmentRequest request) {
    return sql.sql(statement)
        .param("site", siteId)
        .param("ae", request.callingAe().value())
        .param("transaction", request.transaction().value())
        .param(
            "classes",
            request.instances().stream()
                .map(each -> each.sopClass().value().value())
                .toArray(String[]::new))
        .param(
            "instances",
            request.instances().stream()
                .map(each -> each.sopInstance().value().value())
                .toArray(String[]::new))
        .query(Long.class)
        .optional();
  }

  Optional<Claimed> claim(long id) {
    return sql.sql(CLAIM_ONE).param("id", id).query(CommitmentRows::claimed).optional();
  }

  Optional<Claimed> claimDue() {
    return sql.sql(CLAIM_DUE).query(CommitmentRows::claimed).optional();
  }

  void decided(long id, List<Integer> outcomes) {
    sql.sql("update reading.storage_commitment set outcomes = ? where id = ?")
        .params(outcomes.toArray(Integer[]::new), id)
        .update();
  }

  void done(long id) {
    sql.sql(
            """
            update reading.storage_commitment
            set state = 'DONE', done_at = clock_timestamp(), claimed_until = null,
                last_error_code = ''
            where id = ? and state = 'PENDING'
            """)
        .param(id)
        .update();
  }

  void later(long id, String code, CommitmentSettings settings) {
    sql.sql(LATER)
        .param("code", code)
        .param("attempts", settings.attempts())
        .param("longest", settings.longestPause().toSeconds())
        .param("id", id)
        .update();
  }

  /** Until there is something that another attempt could change. */
  void park(long id, String code) {
    sql.sql(
            """
            update reading.storage_commitment
            set state = 'PARKED', claimed_until = null, last_error_code = ?
            where id = ? and state = 'PENDING'
            """)
        .params(code, id)
        .update();
  }

  void dueNow(long id) {
    sql.sql(
            """
            update reading.storage_commitment set due_at = clock_timestamp()
            where id = ? and state = 'PENDING' and attempt = 0
            """)
        .param(id)
        .update();
  }

  /** Forgets what was told long ago; how many. */
  int forget(CommitmentSettings settings) {
    return sql.sql(
            """
            delete from reading.storage_commitment
            where state = 'DONE' and done_at < clock_timestamp() - ? * interval '1 second'
            """)
        .param(settings.remembered().toSeconds())
        .update();
  }

  private static Claimed claimed(ResultSet row, int number) throws SQLException {
    String[] classes = (String[]) row.getArray("sop_class_uids").getArray();
    String[] uids = (String[]) row.getArray("sop_instance_uids").getArray();
    List<ReferencedInstance> instances = new ArrayList<>(uids.length);
    for (int i = 0; i < uids.length; i++) {
      instances.add(new ReferencedInstance(SopClassUid.of(classes[i]), SopInstanceUid.of(uids[i])));
    }
    var outcomes = row.getArray("outcomes");
    return new Claimed(
        row.getLong("id"),
        row.getObject("site_id", UUID.class),
        row.getString("ae_title"),
        new Uid(row.getString("transaction_uid")),
        List.copyOf(instances),
        outcomes == null ? null : List.of((Integer[]) outcomes.getArray()));
  }
}
