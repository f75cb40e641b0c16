package org.heliograph.reader.cases;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.access.Specialty;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The projection of a case in {@code reading.case_file}. */
@Component
class CaseRows {
  /** The columns that {@link #file} reads, of a table called c. */
  static final String COLUMNS =
      """
      c.id, c.number, c.site_id, c.specialty, c.state, c.urgency, c.version, c.event_count,
      c.patient_family_name, c.patient_given_name, c.patient_id, c.issuer_of_patient_id,
      c.patient_birth_date, c.patient_sex, c.has_request, c.body_part, c.laterality, c.question,
      c.history, c.referrer_id, c.accession_number, c.expects_xray, c.modality, c.photo_count,
      c.image_count, c.mismatch, c.clock_started_at, c.clock_paused_at, c.clock_paused_millis,
      c.deadline_at, c.reader_id, c.claimed_until, c.created_at, c.updated_at
      """;

  private static final String VISIBLE =
      "select "
          + COLUMNS
          + """
          from reading.case_file c
          join reading.visible_case(:person) v on v.case_id = c.id
          where c.id = :id
          """;
  private static final String ANY =
      "select " + COLUMNS + " from reading.case_file c where c.id = :id for update";
  private static final String INSERT =
      """
      insert into reading.case_file (
        id, number, site_id, specialty, state, urgency, version, event_count,
        patient_family_name, patient_given_name, patient_id, issuer_of_patient_id,
        patient_birth_date, patient_sex, has_request, body_part, laterality, question, history,
        referrer_id, accession_number, expects_xray, modality, created_at, updated_at)
      values (
        :id, :number, :site, :specialty, :state, :urgency, :version, :events,
        :family, :given, :patient, :issuer, :birth, :sex, :hasRequest, :bodyPart, :laterality,
        :question, :history, :referrer, :accession, :xray, :modality, :created, :updated)
      """;
  private static final String UPDATE =
      """
      update reading.case_file set
        specialty = :specialty, state = :state, urgency = :urgency, version = :version,
        event_count = :events, patient_family_name = :family, patient_given_name = :given,
        patient_id = :patient, issuer_of_patient_id = :issuer, patient_birth_date = :birth,
        patient_sex = :sex, has_request = :hasRequest, body_part = :bodyPart,
        laterality = :laterality, question = :question, history = :history,
        referrer_id = :referrer, accession_number = :accession, expects_xray = :xray,
        modality = :modality, photo_count = :photos, image_count = :images, mismatch = :mismatch,
        clock_started_at = :started, clock_paused_at = :paused, clock_paused_millis = :pausedMillis,
        deadline_at = :deadline, reader_id = :reader, claimed_until = :claimedUntil,
        updated_at = :updated
      where id = :id and event_count = :events - 1
      """;

  private final JdbcClient sql;

  CaseRows(JdbcClient sql) {
    this.sql = sql;
  }

  Optional<CaseFile> visible(CaseId id, UUID person) {
    return sql.sql(VISIBLE)
        .param("id", id.value())
        .param("person", person)
        .query(CaseRows::file)
        .optional();
  }

  /** Locks the row until the transaction ends and reads it after the lock was got. */
  Optional<CaseFile> lock(CaseId id) {
    return sql.sql(ANY).param("id", id.value()).query(CaseRows::file).optional();
  }

  /** The database's clock, which every process shares. */
  Instant now() {
    return sql.sql("select clock_timestamp()")
        .query((row, n) -> instant(row, "clock_timestamp"))
        .single();
  }

  String nextNumber(Instant now) {
    long next = sql.sql("select nextval('reading.case_number_seq')").query(Long.class).single();
    return "%d-%06d".formatted(now.atOffset(ZoneOffset.UTC).getYear(), next);
  }

  void insert(CaseFile file) {
    bind(sql.sql(INSERT), file)
        .param("number", file.number())
        .param("site", file.siteId())
        .param("created", timestamp(file.createdAt()))
        .update();
  }

  void update(CaseFile file) {
    int rows =
        bind(sql.sql(UPDATE), file)
            .param("photos", file.images().photoCount())
            .param("images", file.images().sentCount())
            .param("mismatch", file.images().mismatch().toArray(String[]::new))
            .param("started", timestamp(file.clock().startedAt()))
            .param("paused", timestamp(file.clock().pausedAt()))
            .param("pausedMillis", file.clock().paused().toMillis())
            .param("deadline", timestamp(file.deadlineAt()))
            .param("reader", file.readerId())
            .param("claimedUntil", timestamp(file.claimedUntil()))
            .update();
    if (rows != 1) {
      throw new IllegalStateException("case " + file.id() + " was changed without its lock");
    }
  }

  private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, CaseFile file) {
    var patient = file.patient();
    var request = file.request();
    return statement
        .param("id", file.id().value())
        .param("state", file.state().name())
        .param("version", file.version())
        .param("events", file.eventCount())
        .param("family", patient.familyName())
        .param("given", patient.givenName())
        .param("patient", patient.id())
        .param("issuer", patient.issuer())
        .param("birth", patient.birthDate())
        .param("sex", patient.sex())
        .param("hasRequest", file.hasRequest())
        .param("specialty", request.specialty().name())
        .param("urgency", request.urgency().name())
        .param("bodyPart", request.bodyPart())
        .param("laterality", request.laterality() == null ? null : request.laterality().name())
        .param("question", request.question())
        .param("history", request.history())
        .param("referrer", request.referrerId())
        .param("accession", request.accessionNumber())
        .param("xray", request.expectXray())
        .param("modality", file.images().modality())
        .param("updated", timestamp(file.updatedAt()));
  }

  static CaseFile file(ResultSet row, int number) throws SQLException {
    var laterality = row.getString("laterality");
    var request =
        new CaseRequest(
            Specialty.valueOf(row.getString("specialty")),
            Urgency.valueOf(row.getString("urgency")),
            row.getString("body_part"),
            laterality == null ? null : Laterality.valueOf(laterality),
            row.getString("question"),
            row.getString("history"),
            row.getObject("referrer_id", UUID.class),
            row.getString("accession_number"),
            row.getBoolean("expects_xray"));
    var images =
        new CaseImages(
            row.getString("modality"),
            row.getInt("photo_count"),
            row.getInt("image_count"),
            strings(row.getArray("mismatch")));
    var clock =
        new ReadingClock(
            nullableInstant(row, "clock_started_at"),
            nullableInstant(row, "clock_paused_at"),
            Duration.ofMillis(row.getLong("clock_paused_millis")));
    return new CaseFile(
        new CaseId(row.getObject("id", UUID.class)),
        row.getString("number"),
        row.getObject("site_id", UUID.class),
        CaseState.valueOf(row.getString("state")),
        row.getLong("version"),
        row.getLong("event_count"),
        patient(row),
        row.getBoolean("has_request"),
        request,
        images,
        clock,
        nullableInstant(row, "deadline_at"),
        row.getObject("reader_id", UUID.class),
        nullableInstant(row, "claimed_until"),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  private static CasePatient patient(ResultSet row) throws SQLException {
    return new CasePatient(
        row.getString("patient_family_name"),
        row.getString("patient_given_name"),
        row.getString("patient_id"),
        row.getString("issuer_of_patient_id"),
        row.getObject("patient_birth_date", LocalDate.class),
        row.getString("patient_sex"));
  }

  static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
