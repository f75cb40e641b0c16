package org.heliograph.archive.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The three searches in SQL and their answers as data sets. */
final class SearchRows {
  private static final String STUDY_COLUMNS =
      """
      s.id as study_row, s.study_instance_uid, s.study_date, s.study_time, s.accession_number,
      s.study_id, s.study_description, s.referring_physician_name, s.timezone_offset_from_utc,
      s.patient_name, s.patient_birth_date, s.patient_sex, p.patient_id, p.issuer_of_patient_id
      """;

  private static final String SERIES_COLUMNS =
      """
      e.id as series_row, e.series_instance_uid, e.modality, e.series_number, e.series_description,
      e.body_part_examined, e.laterality, e.performed_procedure_step_start_date,
      e.performed_procedure_step_start_time
      """;

  private static final String STUDIES =
      """
      select {study},
        s.id as row_id,
        (select count(*) from archive.series e where e.study_ref = s.id) as series_count,
        (select count(*) from archive.instance i where i.study_ref = s.id) as instance_count,
        array(select distinct e.modality from archive.series e
          where e.study_ref = s.id and e.modality <> '' order by 1) as modalities,
        array(select distinct i.sop_class_uid from archive.instance i
          where i.study_ref = s.id order by 1) as sop_classes
      from archive.study s
      join archive.patient p on p.id = s.patient_ref
      where {criteria} and s.id < :after
      order by s.id desc
      limit :limit offset :offset
      """;

  private static final String SERIES =
      """
      select {study}, {series},
        e.id as row_id,
        (select count(*) from archive.instance i where i.series_ref = e.id) as instance_count
      from archive.series e
      join archive.study s on s.id = e.study_ref
      join archive.patient p on p.id = s.patient_ref
      where {criteria} and e.id > :after
      order by e.id
      limit :limit offset :offset
      """;

  private static final String INSTANCES =
      """
      select {study}, {series},
        i.id as row_id, i.sop_instance_uid, i.sop_class_uid, i.transfer_syntax_uid,
        i.instance_number, i.rows, i.columns, i.bits_allocated, i.number_of_frames
      from archive.instance i
      join archive.series e on e.id = i.series_ref
      join archive.study s on s.id = i.study_ref
      join archive.patient p on p.id = s.patient_ref
      where {criteria} and i.id > :after
      order by i.id
      limit :limit offset :offset
      """;

  private final JdbcClient jdbc;

  SearchRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One answer and the row that keyset paging goes on from. */
  record Answer(long rowId, Dataset dataset) {
    @Override
    public String toString() {
      return "Answer[" + rowId + "]";
    }
  }

  /** One more than the limit, so that the caller sees whether there is a next page. */
  List<Answer> find(Search search) {
    Criteria criteria = Criteria.of(search);
    String statement =
        switch (search.level()) {
          case STUDY -> STUDIES;
          case SERIES -> SERIES;
          case INSTANCE -> INSTANCES;
        };
    String sql =
        statement
            .replace("{study}", STUDY_COLUMNS)
            .replace("{series}", SERIES_COLUMNS)
            .replace("{criteria}", criteria.sql());
    Long after = search.after();
    long start = search.level() == QueryLevel.STUDY ? Long.MAX_VALUE : 0;
    Map<String, Object> parameters = criteria.parameters();
    return jdbc.sql(sql)
        .params(parameters)
        .param("after", after == null ? start : after)
        .param("limit", search.limit() + 1)
        .param("offset", search.offset())
        .query((row, _) -> answer(row, search.level()))
        .list();
  }

  private static Answer answer(ResultSet row, QueryLevel level) throws SQLException {
    Dataset.Builder answer = Dataset.builder();
    study(row, answer);
    switch (level) {
      case STUDY -> studyTotals(row, answer);
      case SERIES -> {
        series(row, answer);
        answer.integer(Tag.NumberOfSeriesRelatedInstances, row.getInt("instance_count"));
      }
      case INSTANCE -> {
        series(row, answer);
        instance(row, answer);
      }
    }
    return new Answer(row.getLong("row_id"), answer.build());
  }

  private static void study(ResultSet row, Dataset.Builder answer) throws SQLException {
    answer.string(Tag.StudyInstanceUID, row.getString("study_instance_uid"));
    answer.string(Tag.InstanceAvailability, "ONLINE");
    date(answer, Tag.StudyDate, row, "study_date");
    text(answer, Tag.StudyTime, row, "study_time");
    text(answer, Tag.AccessionNumber, row, "accession_number");
    text(answer, Tag.StudyID, row, "study_id");
    text(answer, Tag.StudyDescription, row, "study_description");
    text(answer, Tag.ReferringPhysicianName, row, "referring_physician_name");
    text(answer, Tag.PatientName, row, "patient_name");
    text(answer, Tag.PatientID, row, "patient_id");
    optionalText(answer, Tag.IssuerOfPatientID, row, "issuer_of_patient_id");
    date(answer, Tag.PatientBirthDate, row, "patient_birth_date");
    text(answer, Tag.PatientSex, row, "patient_sex");
    optionalText(answer, Tag.TimezoneOffsetFromUTC, row, "timezone_offset_from_utc");
  }

  private static void studyTotals(ResultSet row, Dataset.Builder answer) throws SQLException {
    answer.integer(Tag.NumberOfStudyRelatedSeries, row.getInt("series_count"));
    answer.integer(Tag.NumberOfStudyRelatedInstances, row.getInt("instance_count"));
    texts(answer, Tag.ModalitiesInStudy, row, "modalities");
    texts(answer, Tag.SOPClassesInStudy, row, "sop_classes");
  }

  private static void series(ResultSet row, Dataset.Builder answer) throws SQLException {
    answer.string(Tag.SeriesInstanceUID, row.getString("series_instance_uid"));
    text(answer, Tag.Modality, row, "modality");
    number(answer, Tag.SeriesNumber, row, "series_number");
    text(answer, Tag.SeriesDescription, row, "series_description");
    optionalText(answer, Tag.BodyPartExamined, row, "body_part_examined");
    optionalText(answer, Tag.Laterality, row, "laterality");
    date(answer, Tag.PerformedProcedureStepStartDate, row, "performed_procedure_step_start_date");
    text(answer, Tag.PerformedProcedureStepStartTime, row, "performed_procedure_step_start_time");
  }

  private static void instance(ResultSet row, Dataset.Builder answer) throws SQLException {
    answer.string(Tag.SOPInstanceUID, row.getString("sop_instance_uid"));
    answer.string(Tag.SOPClassUID, row.getString("sop_class_uid"));
    answer.string(Tag.AvailableTransferSyntaxUID, row.getString("transfer_syntax_uid"));
    number(answer, Tag.InstanceNumber, row, "instance_number");
    if (row.getObject("rows") != null) {
      number(answer, Tag.Rows, row, "rows");
      number(answer, Tag.Columns, row, "columns");
      number(answer, Tag.BitsAllocated, row, "bits_allocated");
      number(answer, Tag.NumberOfFrames, row, "number_of_frames");
    }
  }

  private static void text(Dataset.Builder answer, int tag, ResultSet row, String column)
      throws SQLException {
    String value = row.getString(column);
    if (value == null || value.isEmpty()) {
      answer.empty(tag);
    } else {
      answer.string(tag, value);
    }
  }

  private static void optionalText(Dataset.Builder answer, int tag, ResultSet row, String column)
      throws SQLException {
    if (!row.getString(column).isEmpty()) {
      text(answer, tag, row, column);
    }
  }

  private static void texts(Dataset.Builder answer, int tag, ResultSet row, String column)
      throws SQLException {
    var values = (String[]) row.getArray(column).getArray();
    if (values.length == 0) {
      answer.empty(tag);
    } else {
      answer.string(tag, values);
    }
  }

  private static void number(Dataset.Builder answer, int tag, ResultSet row, String column)
      throws SQLException {
    int value = row.getInt(column);
    if (row.wasNull()) {
      answer.empty(tag);
    } else {
      answer.integer(tag, value);
    }
  }

  private static void date(Dataset.Builder answer, int tag, ResultSet row, String column)
      throws SQLException {
    LocalDate value = row.getObject(column, LocalDate.class);
    if (value == null) {
      answer.empty(tag);
    } else {
      answer.date(tag, value);
    }
  }
}
