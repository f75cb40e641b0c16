package org.heliograph.archive.patients;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code archive.patient_change}: written once, never changed. */
final class HistoryRows {
  private static final String INSERT =
      """
      insert into archive.patient_change (site_id, kind, patient_ref, other_patient_ref, undoes,
        actor, reason, before, after, study_count, changed_at)
      values (:site, :kind, :patient, :other, :undoes, :actor, :reason, cast(:before as jsonb),
        cast(:after as jsonb), :studies, :now)
      returning id
      """;

  private static final String CHANGES =
      """
      select c.id, c.kind, c.patient_ref, c.other_patient_ref, c.undoes, u.id as undone_by,
        c.actor, c.reason, c.before, c.after, c.study_count, c.changed_at
      from archive.patient_change c
      left join archive.patient_change u on u.undoes = c.id
      """;

  private static final String OF_PATIENT =
      """
      with recursive family as (
        select cast(:patient as bigint) as id
        union
        select d.id from archive.patient d join family f on d.merged_into = f.id)
      """
          + CHANGES
          + """
          where c.patient_ref in (select id from family)
            or c.other_patient_ref in (select id from family)
          order by c.id desc
          limit 1000
          """;

  private static final String BY_ID = CHANGES + " where c.id = :id and c.site_id = :site";

  private final JdbcClient jdbc;

  HistoryRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is to be written down. */
  record Line(
      UUID siteId,
      PatientChange.Kind kind,
      long patient,
      @Nullable Long other,
      @Nullable Long undoes,
      String actor,
      String reason,
      String before,
      String after,
      int studies) {
    @Override
    public String toString() {
      return "Line[***]";
    }
  }

  long insert(Line line, Instant now) {
    return jdbc.sql(INSERT)
        .param("site", line.siteId())
        .param("kind", line.kind().name())
        .param("patient", line.patient())
        .param("other", line.other(), Types.BIGINT)
        .param("undoes", line.undoes(), Types.BIGINT)
        .param("actor", line.actor())
        .param("reason", line.reason())
        .param("before", line.before())
        .param("after", line.after())
        .param("studies", line.studies())
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** The changes of a patient and of its doubles, newest first. */
  List<PatientChange> of(long patient) {
    return jdbc.sql(OF_PATIENT).param("patient", patient).query(HistoryRows::change).list();
  }

  Optional<PatientChange> byId(UUID siteId, long id) {
    return jdbc.sql(BY_ID)
        .param("id", id)
        .param("site", siteId)
        .query(HistoryRows::change)
        .optional();
  }

  private static PatientChange change(ResultSet row, int index) throws SQLException {
    return new PatientChange(
        row.getLong("id"),
        PatientChange.Kind.valueOf(row.getString("kind")),
        row.getLong("patient_ref"),
        row.getObject("other_patient_ref", Long.class),
        row.getObject("undoes", Long.class),
        row.getObject("undone_by", Long.class),
        row.getString("actor"),
        row.getString("reason"),
        row.getString("before"),
        row.getString("after"),
        row.getInt("study_count"),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }
}
