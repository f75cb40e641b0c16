package org.heliograph.archive.patients;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.catalog.NameKey;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of patients for those who change them. */
final class PatientRows {
  private static final String BY_ID =
      """
      select archive.standing_patient(id) from archive.patient
      where site_id = :site and issuer_of_patient_id = :issuer and patient_id = :patient_id
        and patient_id <> ''
      """;

  private static final String OF_STUDY =
      """
      select patient_ref from archive.study where site_id = :site and study_instance_uid = :study
      """;

  private static final String LOCK =
      "select id from archive.patient where id = any(:patients) order by id for update";

  private static final String SHOWN =
      """
      select p.id, p.site_id, p.patient_id, p.issuer_of_patient_id, p.merged_into,
        p.corrected_at is not null as corrected, s.id is not null as has_study,
        case when p.corrected_at is null then coalesce(s.patient_name, '')
          else p.patient_name end as patient_name,
        case when p.corrected_at is null then s.patient_birth_date
          else p.patient_birth_date end as patient_birth_date,
        case when p.corrected_at is null then coalesce(s.patient_sex, '')
          else p.patient_sex end as patient_sex
      from archive.patient p
      left join lateral (
        select s.id, s.patient_name, s.patient_birth_date, s.patient_sex from archive.study s
        where s.patient_ref = p.id order by s.ordering_date desc, s.id desc limit 1) s on true
      where p.id = :patient
      """;

  private static final String INSERT =
      """
      insert into archive.patient (site_id, patient_id, issuer_of_patient_id, created_at)
      values (:site, :patient_id, :issuer, :now)
      on conflict (site_id, issuer_of_patient_id, patient_id) where patient_id <> '' do nothing
      """;

  private static final String CORRECT =
      """
      update archive.patient
      set corrected_at = :now, patient_name = :name, patient_name_key = :name_key,
        patient_birth_date = :birth_date, patient_sex = :sex
      where id = :patient
      """;

  private static final String SNAPSHOT =
      """
      select coalesce(jsonb_agg(to_jsonb(p) - 'created_at' order by p.id), '[]')
      from archive.patient p where p.id = any(:patients)
      """;

  // A patient with doubles left keeps what was said of all of them.
  private static final String RESTORE =
      """
      update archive.patient p
      set merged_into = b.merged_into,
          corrected_at = case when kept.so then p.corrected_at else b.corrected_at end,
          patient_name = case when kept.so then p.patient_name else b.patient_name end,
          patient_name_key = case when kept.so then p.patient_name_key else b.patient_name_key end,
          patient_birth_date = case when kept.so then p.patient_birth_date
            else b.patient_birth_date end,
          patient_sex = case when kept.so then p.patient_sex else b.patient_sex end
      from jsonb_populate_recordset(null::archive.patient, cast(:before as jsonb)) b
      cross join lateral (
        select b.corrected_at is null and exists (
          select 1 from archive.patient d
          where d.merged_into = b.id
            and d.id not in (
              select r.id
              from jsonb_populate_recordset(null::archive.patient, cast(:before as jsonb)) r)
        ) as so) kept
      where p.id = b.id
      """;

  private static final String STUDIES =
      "select id, study_instance_uid from archive.study where patient_ref = any(:patients)";

  private final JdbcClient jdbc;

  PatientRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A patient as its studies show it. */
  record Shown(
      long id,
      UUID siteId,
      String patientId,
      String issuer,
      boolean isDouble,
      boolean corrected,
      boolean hasStudy,
      String name,
      @Nullable LocalDate birthDate,
      String sex) {
    @Override
    public String toString() {
      return "Shown[" + id + "]";
    }

    boolean says(String otherName, @Nullable LocalDate otherBirthDate, String otherSex) {
      return name.equals(otherName)
          && (birthDate == null ? otherBirthDate == null : birthDate.equals(otherBirthDate))
          && sex.equals(otherSex);
    }
  }

  record Study(long id, StudyInstanceUid uid) {}

  /** The patient that stands for the named one. */
  Optional<Long> standing(PatientKey key) {
    return switch (key) {
      case PatientKey.ById byId ->
          jdbc.sql(BY_ID)
              .param("site", byId.siteId())
              .param("issuer", byId.issuer())
              .param("patient_id", byId.patientId())
              .query(Long.class)
              .optional();
      case PatientKey.OfStudy ofStudy ->
          jdbc.sql(OF_STUDY)
              .param("site", ofStudy.siteId())
              .param("study", ofStudy.study().value().value())
              .query(Long.class)
              .optional();
    };
  }

  void lock(Collection<Long> patients) {
    jdbc.sql(LOCK).param("patients", ids(patients), Types.ARRAY).query(Long.class).list();
  }

  Shown shown(long patient) {
    return jdbc.sql(SHOWN).param("patient", patient).query(PatientRows::shown).single();
  }

  /** Makes the patient of an ID if the site has none yet. */
  void insert(PatientKey.ById key, Instant now) {
    jdbc.sql(INSERT)
        .param("site", key.siteId())
        .param("patient_id", key.patientId())
        .param("issuer", key.issuer())
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .update();
  }

  void correct(long patient, String name, @Nullable LocalDate birthDate, String sex, Instant now) {
    jdbc.sql(CORRECT)
        .param("patient", patient)
        .param("name", name)
        .param("name_key", NameKey.of(PersonName.parse(name)).toArray(String[]::new), Types.ARRAY)
        .param("birth_date", birthDate, Types.DATE)
        .param("sex", sex)
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .update();
  }

  void merge(long wrong, long right) {
    jdbc.sql("update archive.patient set merged_into = :right where id = :wrong")
        .param("right", right)
        .param("wrong", wrong)
        .update();
  }

  /** The rows as JSON, the same for the same values whatever the session's time zone is. */
  String snapshot(Collection<Long> patients) {
    jdbc.sql("select set_config('TimeZone', 'UTC', true)").query(String.class).single();
    return jdbc.sql(SNAPSHOT)
        .param("patients", ids(patients), Types.ARRAY)
        .query(String.class)
        .single();
  }

  void restore(String before) {
    jdbc.sql(RESTORE).param("before", before).update();
  }

  List<Study> studies(Collection<Long> patients) {
    return jdbc.sql(STUDIES)
        .param("patients", ids(patients), Types.ARRAY)
        .query((row, _) ->
            new Study(row.getLong("id"), StudyInstanceUid.of(row.getString("study_instance_uid"))))
        .list();
  }

  private static Long[] ids(Collection<Long> patients) {
    return patients.stream().sorted().toArray(Long[]::new);
  }

  private static Shown shown(ResultSet row, int index) throws SQLException {
    return new Shown(
        row.getLong("id"),
        row.getObject("site_id", UUID.class),
        row.getString("patient_id"),
        row.getString("issuer_of_patient_id"),
        row.getObject("merged_into") != null,
        row.getBoolean("corrected"),
        row.getBoolean("has_study"),
        row.getString("patient_name"),
        row.getObject("patient_birth_date", LocalDate.class),
        row.getString("patient_sex"));
  }
}
