package org.heliograph.archive.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The outbox, read. Several processes may take at once; each arrival is handed out once, in the
 * order of storing as far as one taker sees it.
 */
public final class ArrivalQueue {
  private static final String TAKE =
      """
      with taken as (
        delete from archive.outbox
        where id in (
          select id from archive.outbox order by id limit :max for update skip locked)
        returning id, instance_ref)
      select t.id as outbox_id, i.id as instance_id, i.study_ref, s.site_id, i.origin,
        i.received_at, s.study_instance_uid, e.series_instance_uid, i.sop_instance_uid,
        i.sop_class_uid, e.modality, s.accession_number, p.patient_id, p.issuer_of_patient_id,
        s.patient_name, s.patient_birth_date, s.patient_sex, e.body_part_examined, e.laterality,
        s.study_date, s.study_description
      from taken t
      join archive.instance i on i.id = t.instance_ref
      join archive.series e on e.id = i.series_ref
      join archive.study s on s.id = i.study_ref
      join archive.patient p on p.id = s.patient_ref
      order by t.id
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  public ArrivalQueue(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /**
   * Hands up to {@code max} arrivals to {@code handler} inside one transaction on the archive's
   * data source and forgets them when it commits. An exception of the handler leaves all of them
   * queued. The handler is not called when there is none.
   *
   * @return how many were handled
   */
  public int take(int max, Consumer<List<Arrival>> handler) {
    Integer handled =
        transaction.execute(_ -> {
          List<Arrival> arrivals =
              jdbc.sql(TAKE).param("max", max).query(ArrivalQueue::arrival).list();
          if (!arrivals.isEmpty()) {
            handler.accept(arrivals);
          }
          return arrivals.size();
        });
    return handled == null ? 0 : handled;
  }

  private static Arrival arrival(ResultSet row, int index) throws SQLException {
    return new Arrival(
        row.getLong("instance_id"),
        row.getLong("study_ref"),
        row.getObject("site_id", UUID.class),
        row.getString("origin"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        StudyInstanceUid.of(row.getString("study_instance_uid")),
        SeriesInstanceUid.of(row.getString("series_instance_uid")),
        SopInstanceUid.of(row.getString("sop_instance_uid")),
        SopClassUid.of(row.getString("sop_class_uid")),
        row.getString("modality"),
        row.getString("accession_number"),
        row.getString("patient_id"),
        row.getString("issuer_of_patient_id"),
        PersonName.parse(row.getString("patient_name")),
        row.getObject("patient_birth_date", LocalDate.class),
        row.getString("patient_sex"),
        row.getString("body_part_examined"),
        row.getString("laterality"),
        row.getObject("study_date", LocalDate.class),
        row.getString("study_description"));
  }
}
