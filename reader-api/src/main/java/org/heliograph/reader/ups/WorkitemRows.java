package org.heliograph.reader.ups;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.reader.cases.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code reading.ups_workitem}. */
@Component
class WorkitemRows {
  private static final String COLUMNS =
      """
      w.id, w.uid, w.case_id, w.site_id, w.state, w.readiness, w.transaction_uid, w.performer_id,
      w.dataset, w.due_at, w.modified_at
      """;
  private static final String VISIBLE =
      "select "
          + COLUMNS
          + """
           from reading.ups_workitem w
          where w.uid = :uid
            and w.id in (select v.workitem_id from reading.visible_workitem(:person) v)
          """;
  private static final String OPEN =
      "select "
          + COLUMNS
          + """
           from reading.ups_workitem w
          where w.case_id = :case and w.state in ('SCHEDULED', 'IN PROGRESS')
          for update
          """;

  /** Served by ups_workitem_due, or by the key of what is asked for. */
  private static final String PAGE =
      "select "
          + COLUMNS
          + """
           from reading.ups_workitem w
          where w.id in (select v.workitem_id from reading.visible_workitem(:person) v)
            and (cardinality(:uids) = 0 or w.uid = any (:uids))
            and (cardinality(:states) = 0 or w.state = any (:states))
            and (:patient = '' or w.patient_id = :patient)
            and (:priority = '' or w.priority = :priority)
            and (:due::timestamptz is null or (w.due_at, w.id) > (:due, :after))
          order by w.due_at, w.id
          limit :rows
          """;

  private static final String INSERT =
      """
      insert into reading.ups_workitem
        (uid, case_id, site_id, state, readiness, dataset, priority, patient_id, due_at)
      values (:uid, :case, :site, 'SCHEDULED', :readiness, :dataset, :priority, :patient, :due)
      on conflict (uid) do nothing
      returning id, modified_at
      """;
  private static final String UPDATE =
      """
      update reading.ups_workitem set
        state = :state, readiness = :readiness, transaction_uid = :transaction,
        performer_id = :performer, dataset = :dataset, priority = :priority,
        patient_id = :patient, due_at = :due, modified_at = clock_timestamp(),
        final_at = case when :final then coalesce(final_at, clock_timestamp()) end
      where id = :id
      returning modified_at
      """;

  /** What narrows a search before its keys are compared one by one; empty where any value does. */
  record Narrowed(List<String> uids, List<String> states, String patientId, String priority) {
    Narrowed {
      uids = List.copyOf(uids);
      states = List.copyOf(states);
    }

    @Override
    public String toString() {
      return "Narrowed[***]";
    }
  }

  private final JdbcClient sql;

  WorkitemRows(JdbcClient sql) {
    this.sql = sql;
  }

  Optional<Workitem> visible(String uid, UUID person) {
    return sql.sql(VISIBLE)
        .param("uid", uid)
        .param("person", person)
        .query(WorkitemRows::workitem)
        .optional();
  }

  /** Locks the row until the transaction ends and reads it after the lock was got. */
  Optional<Workitem> lock(long id) {
    return sql.sql("select " + COLUMNS + " from reading.ups_workitem w where w.id = :id for update")
        .param("id", id)
        .query(WorkitemRows::workitem)
        .optional();
  }

  /** The one workitem of a case that is not final, locked. */
  Optional<Workitem> open(CaseId caseId) {
    return sql.sql(OPEN).param("case", caseId.value()).query(WorkitemRows::workitem).optional();
  }

  /** The next ones by due time that the person may see. */
  List<Workitem> page(UUID person, Narrowed narrowed, @Nullable Workitem after, int rows) {
    return sql.sql(PAGE)
        .param("person", person)
        .param("uids", narrowed.uids().toArray(String[]::new))
        .param("states", narrowed.states().toArray(String[]::new))
        .param("patient", narrowed.patientId())
        .param("priority", narrowed.priority())
        .param("due", after == null ? null : timestamp(after.dueAt()))
        .param("after", after == null ? 0 : after.id())
        .param("rows", rows)
        .query(WorkitemRows::workitem)
        .list();
  }

  /** Inserts a SCHEDULED workitem; empty if there is one of this UID. */
  Optional<Workitem> insert(
      String uid,
      @Nullable CaseId caseId,
      @Nullable UUID siteId,
      String readiness,
      Dataset dataset,
      Instant dueAt) {
    return sql.sql(INSERT)
        .param("uid", uid)
        .param("case", caseId == null ? null : caseId.value())
        .param("site", siteId)
        .param("readiness", readiness)
        .param("dataset", DicomJson.write(dataset, _ -> null))
        .param("priority", dataset.string(Tag.ScheduledProcedureStepPriority, ""))
        .param("patient", dataset.string(Tag.PatientID, ""))
        .param("due", timestamp(dueAt))
        .query((row, n) ->
            new Workitem(
                row.getLong("id"),
                uid,
                caseId,
                siteId,
                WorkitemState.SCHEDULED,
                readiness,
                null,
                null,
                dataset,
                dueAt,
                instant(row, "modified_at")))
        .optional();
  }

  void update(Workitem workitem) {
    var dataset = workitem.dataset();
    sql.sql(UPDATE)
        .param("id", workitem.id())
        .param("state", workitem.state().text())
        .param("readiness", workitem.readiness())
        .param("transaction", workitem.transactionUid())
        .param("performer", workitem.performerId())
        .param("dataset", DicomJson.write(dataset, _ -> null))
        .param("priority", dataset.string(Tag.ScheduledProcedureStepPriority, ""))
        .param("patient", dataset.string(Tag.PatientID, ""))
        .param("due", timestamp(workitem.dueAt()))
        .param("final", workitem.state().isFinal())
        .query((row, n) -> instant(row, "modified_at"))
        .single();
  }

  /** The lock of a workitem that the same transaction is about to set IN PROGRESS. */
  void promiseLock(long id, String transactionUid) {
    sql.sql("update reading.ups_workitem set transaction_uid = ? where id = ?")
        .params(transactionUid, id)
        .update();
  }

  /** The studies of a case, the one it began with first. */
  List<String> studies(CaseId caseId) {
    return sql.sql(
            """
            select study_instance_uid from reading.case_study
            where case_id = ? order by linked_at, study_instance_uid
            """)
        .param(caseId.value())
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** The instances of the signed reports of a case. */
  List<String> reportInstances(CaseId caseId) {
    return sql.sql(
            """
            select unnest(array[structured_report_uid, encapsulated_pdf_uid])
            from reading.report_issue
            where case_id = ? and structured_report_uid is not null
            """)
        .param(caseId.value())
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** What was written with the last event of a case, such as why it was withdrawn. */
  String lastWords(CaseId caseId) {
    return sql.sql(
            "select text from reading.case_event where case_id = ? order by sequence desc limit 1")
        .param(caseId.value())
        .query((row, n) -> row.getString(1))
        .optional()
        .orElse("");
  }

  /** Cases that should have an open workitem and have none, as before this service existed. */
  List<CaseId> casesWithoutWorkitem(int limit) {
    return sql.sql(
            """
            select c.id from reading.case_file c
            where c.state in ('WAITING', 'CLAIMED', 'NEEDS_INFO', 'REPORTED')
              and not exists (
                select 1 from reading.ups_workitem w
                where w.case_id = c.id and w.state in ('SCHEDULED', 'IN PROGRESS'))
            order by c.id
            limit ?
            """)
        .param(limit)
        .query((row, n) -> new CaseId(row.getObject(1, UUID.class)))
        .list();
  }

  static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Workitem workitem(ResultSet row, int number) throws SQLException {
    UUID caseId = row.getObject("case_id", UUID.class);
    return new Workitem(
        row.getLong("id"),
        row.getString("uid"),
        caseId == null ? null : new CaseId(caseId),
        row.getObject("site_id", UUID.class),
        WorkitemState.of(row.getString("state")).orElseThrow(),
        row.getString("readiness"),
        row.getString("transaction_uid"),
        row.getObject("performer_id", UUID.class),
        DicomJson.read(row.getString("dataset")),
        instant(row, "due_at"),
        instant(row, "modified_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
