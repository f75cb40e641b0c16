package org.heliograph.archive.catalog;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings what studies show of their patient in line with what persons said of it. What a study
 * shows is made of the patient of its header and the patient rows alone, so that taking a
 * correction back gives what was there before. Inside the caller's transaction, which has locked
 * the patients.
 */
public final class ShownPatients {
  private static final String LOCK =
      "select id from archive.study where id = any(:studies) order by id for no key update";

  private static final String REMEMBER =
      """
      insert into archive.study_as_received (study_ref, patient_ref, patient_name, patient_name_key,
        patient_birth_date, patient_sex)
      select id, patient_ref, patient_name, patient_name_key, patient_birth_date, patient_sex
      from archive.study where id = any(:studies) and corrected_at is null
      on conflict (study_ref) do nothing
      """;

  private static final String SHOW =
      """
      update archive.study s
      set patient_ref = p.id,
          patient_name = coalesce(p.patient_name, r.patient_name),
          patient_name_key = coalesce(p.patient_name_key, r.patient_name_key),
          patient_birth_date = case when p.corrected_at is null then r.patient_birth_date
            else p.patient_birth_date end,
          patient_sex = coalesce(p.patient_sex, r.patient_sex),
          corrected_at = case when p.id = r.patient_ref and p.corrected_at is null then null
            else cast(:now as timestamptz) end
      from archive.study_as_received r
      join archive.patient p on p.id = archive.standing_patient(r.patient_ref)
      where r.study_ref = s.id and s.id = any(:studies)
      """;

  private static final String FORGET =
      """
      delete from archive.study_as_received r
      using archive.study s
      where s.id = r.study_ref and s.id = any(:studies) and s.corrected_at is null
      """;

  private ShownPatients() {}

  /** Refreshes these studies; returns how many there were. */
  public static int refresh(JdbcClient jdbc, Collection<Long> studies, Instant now) {
    if (studies.isEmpty()) {
      return 0;
    }
    Long[] ids = studies.stream().sorted().toArray(Long[]::new);
    jdbc.sql(LOCK).param("studies", ids, Types.ARRAY).query(Long.class).list();
    jdbc.sql(REMEMBER).param("studies", ids, Types.ARRAY).update();
    int shown =
        jdbc.sql(SHOW)
            .param("studies", ids, Types.ARRAY)
            .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
            .update();
    jdbc.sql(FORGET).param("studies", ids, Types.ARRAY).update();
    return shown;
  }
}
