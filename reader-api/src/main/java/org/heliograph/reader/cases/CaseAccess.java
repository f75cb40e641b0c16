package org.heliograph.reader.cases;

import java.util.List;
import java.util.UUID;
import org.heliograph.archive.catalog.Visibility;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may see which case and which study. The rule itself is the SQL function {@code
 * reading.visible_case(person)}; queries of other packages join it, or {@code
 * reading.visible_study(person)}, rather than repeat it.
 */
@Component
public class CaseAccess {
  private static final String CASE =
      "select exists (select 1 from reading.visible_case(?) v where v.case_id = ?)";
  private static final String STUDY =
      """
      select exists (select 1 from reading.visible_study(?) v where v.study_instance_uid = ?)
      """;
  private static final String STUDIES =
      "select v.study_instance_uid from reading.visible_study(?) v";

  private final JdbcClient sql;

  CaseAccess(JdbcClient sql) {
    this.sql = sql;
  }

  @Transactional(readOnly = true)
  public boolean maySee(UUID personId, CaseId id) {
    return sql.sql(CASE).params(personId, id.value()).query(Boolean.class).single();
  }

  @Transactional(readOnly = true)
  public boolean maySee(UUID personId, StudyInstanceUid study) {
    return sql.sql(STUDY).params(personId, study.value().value()).query(Boolean.class).single();
  }

  /** Every study the person may see. */
  @Transactional(readOnly = true)
  public List<StudyInstanceUid> visibleStudies(UUID personId) {
    return sql.sql(STUDIES)
        .param(personId)
        .query((row, n) -> StudyInstanceUid.of(row.getString(1)))
        .list();
  }

  /** The same for the archive's queries, which ask the rule for each study they come upon. */
  public Visibility visibility(UUID personId) {
    return new Visibility.Granted("reading.visible_study", personId);
  }

  /** The same by the archive's own ids, for its queries. */
  @Transactional(readOnly = true)
  public List<Long> visibleArchiveStudies(UUID personId) {
    return sql.sql(
            """
            select v.archive_study_id from reading.visible_study(?) v
            where v.archive_study_id is not null
            """)
        .param(personId)
        .query((row, n) -> row.getLong(1))
        .list();
  }
}
