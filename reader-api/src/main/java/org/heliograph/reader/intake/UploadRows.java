package org.heliograph.reader.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.intake.Upload.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code reading.upload}. */
@Component
class UploadRows {
  private static final String COLUMNS =
      """
      u.id, u.case_id, u.person_id, u.length_bytes, u.view, u.file_name, u.digest, u.state,
      u.refusal_code, u.created_at, u.expires_at
      """;
  private static final String INSERT =
      """
      insert into reading.upload (id, case_id, person_id, length_bytes, view, file_name, digest,
                                  state, created_at, expires_at)
      values (:id, :case, :person, :length, :view, :name, :digest, 'ARRIVING', clock_timestamp(),
              clock_timestamp() + make_interval(secs => :expiry))
      """;
  private static final String VISIBLE =
      "select "
          + COLUMNS
          + """
          from reading.upload u
          join reading.visible_case(:person) v on v.case_id = u.case_id
          where u.id = :id
          """;
  private static final String EXPIRED =
      "select "
          + COLUMNS
          + """
          from reading.upload u
          where u.state = 'ARRIVING' and u.expires_at < clock_timestamp()
          limit 100
          """;

  private final JdbcClient sql;

  UploadRows(JdbcClient sql) {
    this.sql = sql;
  }

  void insert(Upload upload, Duration expiry) {
    sql.sql(INSERT)
        .param("id", upload.id())
        .param("case", upload.caseId().value())
        .param("person", upload.personId())
        .param("length", upload.lengthBytes())
        .param("view", upload.view())
        .param("name", upload.fileName())
        .param("digest", upload.digest())
        .param("expiry", (double) expiry.toSeconds())
        .update();
  }

  Optional<Upload> visible(UUID id, UUID person) {
    return sql.sql(VISIBLE)
        .param("id", id)
        .param("person", person)
        .query(UploadRows::upload)
        .optional();
  }

  List<Upload> expired() {
    return sql.sql(EXPIRED).query(UploadRows::upload).list();
  }

  /** Photos of a case that are stored or on their way. */
  int countOf(CaseId id) {
    return sql.sql(
            """
            select count(*) from reading.upload
            where case_id = ? and state in ('ARRIVING', 'STORED')
            """)
        .param(id.value())
        .query(Integer.class)
        .single();
  }

  void extend(UUID id, Duration expiry) {
    sql.sql(
            """
            update reading.upload
            set expires_at = clock_timestamp() + make_interval(secs => ?)
            where id = ? and state = 'ARRIVING'
            """)
        .params((double) expiry.toSeconds(), id)
        .update();
  }

  /** Ends an upload that is still arriving; false if it had ended before. */
  boolean end(UUID id, State state, @Nullable String refusalCode) {
    return sql.sql(
                """
                update reading.upload set state = :state, refusal_code = :code
                where id = :id and state = 'ARRIVING'
                """)
            .param("state", state.name())
            .param("code", refusalCode)
            .param("id", id)
            .update()
        == 1;
  }

  private static Upload upload(ResultSet row, int number) throws SQLException {
    return new Upload(
        row.getObject("id", UUID.class),
        new CaseId(row.getObject("case_id", UUID.class)),
        row.getObject("person_id", UUID.class),
        row.getLong("length_bytes"),
        row.getString("view"),
        row.getString("file_name"),
        row.getString("digest"),
        State.valueOf(row.getString("state")),
        row.getString("refusal_code"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }
}
