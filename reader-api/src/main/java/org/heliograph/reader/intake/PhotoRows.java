package org.heliograph.reader.intake;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.cases.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code reading.photo}: where in the case's study each photo has its place. */
@Component
class PhotoRows {
  /** A photo's place, given once, before the image is made. */
  record Place(
      StudyInstanceUid study, SeriesInstanceUid series, SopInstanceUid instance, int number) {}

  /** A stored photo as the case's JSON shows it. */
  record PhotoView(
      UUID id,
      String view,
      String fileName,
      String sopInstanceUid,
      int width,
      int height,
      List<String> warnings) {
    @Override
    public String toString() {
      return "PhotoView[" + id + "]";
    }
  }

  private static final String PLACE =
      """
      select study_instance_uid, series_instance_uid, sop_instance_uid, instance_number
      from reading.photo where id = ?
      """;
  private static final String SERIES =
      """
      select series_instance_uid from reading.photo
      where case_id = ? and study_instance_uid = ? limit 1
      """;
  private static final String INSERT =
      """
      insert into reading.photo (id, case_id, instance_number, study_instance_uid,
                                 series_instance_uid, sop_instance_uid)
      values (:id, :case,
              (select coalesce(max(instance_number), 0) + 1 from reading.photo where case_id = :case),
              :study, :series, :instance)
      """;
  private static final String STORED =
      """
      update reading.photo
      set width = :width, height = :height, warnings = :warnings, stored_at = clock_timestamp()
      where id = :id and stored_at is null
      """;
  private static final String OF_CASE =
      """
      select p.id, u.view, u.file_name, p.sop_instance_uid, p.width, p.height, p.warnings
      from reading.photo p join reading.upload u on u.id = p.id
      where p.case_id = ? and p.stored_at is not null
      order by p.instance_number
      """;

  private final JdbcClient sql;

  PhotoRows(JdbcClient sql) {
    this.sql = sql;
  }

  Optional<Place> place(UUID uploadId) {
    return sql.sql(PLACE)
        .param(uploadId)
        .query((row, n) ->
            new Place(
                StudyInstanceUid.of(row.getString(1)),
                SeriesInstanceUid.of(row.getString(2)),
                SopInstanceUid.of(row.getString(3)),
                row.getInt(4)))
        .optional();
  }

  /** Gives the photo its place in this study: one series for all photos of the case. */
  Place take(UUID uploadId, CaseId caseId, StudyInstanceUid study) {
    @Nullable String series =
        sql.sql(SERIES)
            .params(caseId.value(), study.value().value())
            .query((row, n) -> row.getString(1))
            .optional()
            .orElse(null);
    sql.sql(INSERT)
        .param("id", uploadId)
        .param("case", caseId.value())
        .param("study", study.value().value())
        .param("series", series == null ? Uid.create().value() : series)
        .param("instance", Uid.create().value())
        .update();
    return place(uploadId).orElseThrow();
  }

  /** Marks the photo as stored; false if it was so already. */
  boolean stored(UUID uploadId, int width, int height, List<String> warnings) {
    return sql.sql(STORED)
            .param("id", uploadId)
            .param("width", width)
            .param("height", height)
            .param("warnings", warnings.toArray(String[]::new))
            .update()
        == 1;
  }

  List<PhotoView> of(CaseId caseId) {
    return sql.sql(OF_CASE)
        .param(caseId.value())
        .query((row, n) ->
            new PhotoView(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getInt(6),
                List.of((String[]) row.getArray(7).getArray())))
        .list();
  }
}
