package org.heliograph.reader.intake;

import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.reader.cases.CaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which study belongs to which case: {@code reading.case_study}. */
@Component
class CaseStudyRows {
  private static final String LINK_SENT =
      """
      insert into reading.case_study
        (study_instance_uid, case_id, origin, archive_study_id, linked_at, header_name,
         header_patient_id, header_issuer_of_patient_id, header_birth_date, header_sex)
      values (:study, :case, 'SENT', :archive, clock_timestamp(), :name, :patient, :issuer, :birth,
              :sex)
      """;
  private static final String LINK_PHOTO =
      """
      insert into reading.case_study (study_instance_uid, case_id, origin, linked_at)
      values (?, ?, 'PHOTO', clock_timestamp())
      """;

  private final JdbcClient sql;

  CaseStudyRows(JdbcClient sql) {
    this.sql = sql;
  }

  Optional<CaseId> caseOf(StudyInstanceUid study) {
    return sql.sql("select case_id from reading.case_study where study_instance_uid = ?")
        .param(study.value().value())
        .query((row, n) -> new CaseId(row.getObject(1, UUID.class)))
        .optional();
  }

  void linkSent(CaseId caseId, StudyHeader first, long archiveStudyId) {
    sql.sql(LINK_SENT)
        .param("study", first.study().value().value())
        .param("case", caseId.value())
        .param("archive", archiveStudyId)
        .param("name", first.patientName().value())
        .param("patient", first.patientId())
        .param("issuer", first.issuerOfPatientId())
        .param("birth", first.patientBirthDate())
        .param("sex", first.patientSex())
        .update();
  }

  void linkPhotos(CaseId caseId, StudyInstanceUid study) {
    sql.sql(LINK_PHOTO).params(study.value().value(), caseId.value()).update();
  }

  void archived(StudyInstanceUid study, long archiveStudyId) {
    sql.sql(
            """
            update reading.case_study set archive_study_id = ?
            where study_instance_uid = ? and archive_study_id is null
            """)
        .params(archiveStudyId, study.value().value())
        .update();
  }
}
