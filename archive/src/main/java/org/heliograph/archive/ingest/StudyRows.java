package org.heliograph.archive.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.catalog.ShownPatients;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds or makes the patient, study and series rows that an instance belongs to. */
final class StudyRows {
  private static final String FIND_STUDY =
      "select id, site_id from archive.study where study_instance_uid = :uid for key share";

  private static final String FIND_PATIENT =
      """
      select id, merged_into, corrected_at is not null as corrected from archive.patient
      where site_id = :site and issuer_of_patient_id = :issuer and patient_id = :patient_id
        and patient_id <> ''
      for key share
      """;

  // What persons change of a patient waits for this lock, and this for them.
  private static final String FOLLOW_PATIENT =
      """
      select id, merged_into, corrected_at is not null as corrected from archive.patient
      where id = :patient for key share
      """;

  private static final String INSERT_PATIENT =
      """
      insert into archive.patient (site_id, patient_id, issuer_of_patient_id, created_at)
      values (:site, :patient_id, :issuer, :now)
      on conflict (site_id, issuer_of_patient_id, patient_id) where patient_id <> '' do nothing
      returning id
      """;

  private static final String INSERT_STUDY =
      """
      insert into archive.study (study_instance_uid, site_id, patient_ref, patient_name,
        patient_name_key, patient_birth_date, patient_sex, study_date, study_time,
        accession_number, study_id, study_description, referring_physician_name,
        referring_physician_key, timezone_offset_from_utc, created_at)
      values (:uid, :site, :patient, :name, :name_key, :birth_date, :sex, :date, :time,
        :accession_number, :study_id, :description, :referring, :referring_key, :timezone, :now)
      on conflict (study_instance_uid) do nothing
      returning id
      """;

  private static final String FIND_SERIES =
      """
      select id, modality from archive.series
      where study_ref = :study and series_instance_uid = :uid
      """;

  private static final String INSERT_SERIES =
      """
      insert into archive.series (study_ref, series_instance_uid, modality, series_number,
        series_description, body_part_examined, laterality, performed_procedure_step_start_date,
        performed_procedure_step_start_time, created_at)
      values (:study, :uid, :modality, :number, :description, :body_part, :laterality,
        :start_date, :start_time, :now)
      on conflict (study_ref, series_instance_uid) do nothing
      returning id
      """;

  private static final String INSERT_REQUEST =
      """
      insert into archive.series_request (series_ref, requested_procedure_id,
        scheduled_procedure_step_id, accession_number, study_instance_uid)
      values (:series, :procedure, :step, :accession_number, :study)
      """;

  private final JdbcClient jdbc;

  StudyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Row(long id, UUID siteId) {}

  /**
   * @param id the patient of the header
   * @param showsOther whether a person said that studies of it show another one
   */
  private record PatientRow(long id, boolean showsOther) {}

  private record Known(long id, @Nullable Long mergedInto, boolean corrected) {
    static Known of(ResultSet row) throws SQLException {
      return new Known(
          row.getLong("id"), row.getObject("merged_into", Long.class), row.getBoolean("corrected"));
    }
  }

  record SeriesRow(long id, String modality) {}

  /** Null: another writer was first. */
  @Nullable Row findOrInsertStudy(PreparedInstance instance) {
    String uid = instance.summary().study().value().value();
    Optional<Row> known =
        jdbc.sql(FIND_STUDY)
            .param("uid", uid)
            .query((row, _) -> new Row(row.getLong("id"), row.getObject("site_id", UUID.class)))
            .optional();
    if (known.isPresent()) {
      return known.get();
    }
    PatientRow patient = findOrInsertPatient(instance);
    if (patient == null) {
      return null;
    }
    Row study = insertStudy(instance, uid, patient.id());
    if (study != null && patient.showsOther()) {
      ShownPatients.refresh(jdbc, List.of(study.id()), instance.receivedAt());
    }
    return study;
  }

  private @Nullable Row insertStudy(PreparedInstance instance, String uid, long patient) {
    InstanceSummary.Patient person = instance.summary().patient();
    InstanceSummary.Study values = instance.summary().studyValues();
    return jdbc.sql(INSERT_STUDY)
        .param("uid", uid)
        .param("site", instance.siteId())
        .param("patient", patient)
        .param("name", person.name())
        .param("name_key", person.nameKey().toArray(String[]::new), Types.ARRAY)
        .param("birth_date", person.birthDate(), Types.DATE)
        .param("sex", person.sex())
        .param("date", values.date(), Types.DATE)
        .param("time", values.time())
        .param("accession_number", values.accessionNumber())
        .param("study_id", values.studyId())
        .param("description", values.description())
        .param("referring", values.referringPhysician())
        .param("referring_key", values.referringPhysicianKey().toArray(String[]::new), Types.ARRAY)
        .param("timezone", values.timezoneOffset())
        .param("now", now(instance))
        .query(Long.class)
        .optional()
        .map(id -> new Row(id, instance.siteId()))
        .orElse(null);
  }

  private @Nullable PatientRow findOrInsertPatient(PreparedInstance instance) {
    InstanceSummary.Patient person = instance.summary().patient();
    Optional<Known> known =
        jdbc.sql(FIND_PATIENT)
            .param("site", instance.siteId())
            .param("issuer", person.issuer())
            .param("patient_id", person.patientId())
            .query((row, _) -> Known.of(row))
            .optional();
    return known
        .map(patient -> new PatientRow(patient.id(), showsOther(patient)))
        .orElseGet(() ->
            jdbc.sql(INSERT_PATIENT)
                .param("site", instance.siteId())
                .param("issuer", person.issuer())
                .param("patient_id", person.patientId())
                .param("now", now(instance))
                .query(Long.class)
                .optional()
                .map(id -> new PatientRow(id, false))
                .orElse(null));
  }

  private boolean showsOther(Known patient) {
    boolean other = patient.corrected();
    for (Long next = patient.mergedInto(); next != null; ) {
      other = true;
      next =
          jdbc.sql(FOLLOW_PATIENT)
              .param("patient", next)
              .query((row, _) -> Known.of(row))
              .single()
              .mergedInto();
    }
    return other;
  }

  /** Null: another writer was first. */
  @Nullable SeriesRow findOrInsertSeries(long study, PreparedInstance instance) {
    String uid = instance.summary().series().value().value();
    Optional<SeriesRow> known =
        jdbc.sql(FIND_SERIES)
            .param("study", study)
            .param("uid", uid)
            .query((row, _) -> new SeriesRow(row.getLong("id"), row.getString("modality")))
            .optional();
    if (known.isPresent()) {
      return known.get();
    }
    InstanceSummary.Series values = instance.summary().seriesValues();
    Long id =
        jdbc.sql(INSERT_SERIES)
            .param("study", study)
            .param("uid", uid)
            .param("modality", values.modality())
            .param("number", values.number(), Types.INTEGER)
            .param("description", values.description())
            .param("body_part", values.bodyPartExamined())
            .param("laterality", values.laterality())
            .param("start_date", values.startDate(), Types.DATE)
            .param("start_time", values.startTime())
            .param("now", now(instance))
            .query(Long.class)
            .optional()
            .orElse(null);
    if (id == null) {
      return null;
    }
    values.requests().forEach(request -> insertRequest(id, request));
    return new SeriesRow(id, values.modality());
  }

  private void insertRequest(long series, InstanceSummary.Request request) {
    jdbc.sql(INSERT_REQUEST)
        .param("series", series)
        .param("procedure", request.requestedProcedureId())
        .param("step", request.scheduledProcedureStepId())
        .param("accession_number", request.accessionNumber())
        .param("study", request.study())
        .update();
  }

  private static OffsetDateTime now(PreparedInstance instance) {
    return OffsetDateTime.ofInstant(instance.receivedAt(), ZoneOffset.UTC);
  }
}
