package org.heliograph.archive.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.jspecify.annotations.Nullable;

/** Makes data sets of what a search found. */
final class AnswerRows {
  private AnswerRows() {}

  /**
   * One answer.
   *
   * @param header the instance whose header has what the catalog has no column for; 0 if not asked
   */
  record Answer(Position position, long header, Dataset dataset) {
    @Override
    public String toString() {
      return "Answer[***]";
    }
  }

  static Answer answer(ResultSet row, QueryLevel level) throws SQLException {
    Dataset.Builder answer = Dataset.builder();
    patient(row, answer);
    if (level == QueryLevel.PATIENT) {
      answer.integer(Tag.NumberOfPatientRelatedStudies, row.getInt("study_count"));
      answer.integer(Tag.NumberOfPatientRelatedSeries, row.getInt("series_count"));
      answer.integer(Tag.NumberOfPatientRelatedInstances, row.getInt("instance_count"));
      return new Answer(
          new Position(LocalDate.MIN, row.getLong("patient_row"), 0, 0, 0),
          row.getLong("header_row"),
          answer.build());
    }
    study(row, answer);
    long series = 0;
    long instance = 0;
    if (level != QueryLevel.STUDY) {
      series(row, answer);
      series = row.getLong("series_row");
    }
    if (level == QueryLevel.INSTANCE) {
      instance(row, answer);
      instance = row.getLong("instance_row");
    }
    return new Answer(
        new Position(
            row.getObject("ordering_date", LocalDate.class),
            0,
            row.getLong("study_row"),
            series,
            instance),
        row.getLong("header_row"),
        answer.build());
  }

  private static void patient(ResultSet row, Dataset.Builder answer) throws SQLException {
    text(answer, Tag.PatientName, row, "patient_name");
    text(answer, Tag.PatientID, row, "patient_id");
    optionalText(answer, Tag.IssuerOfPatientID, row, "issuer_of_patient_id");
    date(answer, Tag.PatientBirthDate, row, "patient_birth_date");
    text(answer, Tag.PatientSex, row, "patient_sex");
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
    optionalText(answer, Tag.TimezoneOffsetFromUTC, row, "timezone_offset_from_utc");
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
    answer.integer(Tag.NumberOfSeriesRelatedInstances, row.getInt("series_instance_count"));
    // An array without rows has no columns either, and is read as one of text.
    if (row.getArray("requests").getArray() instanceof String[][] requests) {
      answer.sequence(Tag.RequestAttributesSequence, requests(requests));
    }
  }

  private static List<Dataset> requests(String[][] rows) {
    List<Dataset> items = new ArrayList<>();
    for (String[] row : rows) {
      Dataset.Builder item = Dataset.builder();
      text(item, Tag.RequestedProcedureID, row[0]);
      text(item, Tag.ScheduledProcedureStepID, row[1]);
      if (!row[2].isEmpty()) {
        text(item, Tag.AccessionNumber, row[2]);
      }
      if (!row[3].isEmpty()) {
        text(item, Tag.StudyInstanceUID, row[3]);
      }
      items.add(item.build());
    }
    return items;
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
    text(answer, tag, row.getString(column));
  }

  private static void text(Dataset.Builder answer, int tag, @Nullable String value) {
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
