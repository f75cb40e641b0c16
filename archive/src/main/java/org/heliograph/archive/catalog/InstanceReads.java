package org.heliograph.archive.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.catalog.QueryAttribute.Place;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads studies and instances as records. */
final class InstanceReads {
  private static final String INSTANCES =
      """
      select i.id, i.study_ref, i.series_ref, s.site_id, s.study_instance_uid,
        e.series_instance_uid, i.sop_instance_uid, i.sop_class_uid, i.transfer_syntax_uid,
        i.instance_number, i.rows, i.columns, i.number_of_frames, i.blob_key, i.blob_bytes,
        i.dataset_offset, i.digest, i.received_at, s.corrected_at, s.patient_name,
        s.patient_birth_date, s.patient_sex, p.patient_id, p.issuer_of_patient_id
      from archive.instance i
      join archive.series e on e.id = i.series_ref
      join archive.study s on s.id = i.study_ref
      left join archive.patient p on s.corrected_at is not null and p.id = s.patient_ref
      where %s
      """;

  private static final String IN_ORDER =
      " order by e.series_number nulls last, e.id, i.instance_number nulls last, i.id";

  private static final String BY_STUDY =
      " order by s.ordering_date, s.id, e.series_number nulls last, e.id,"
          + " i.instance_number nulls last, i.id";

  private static final String STUDY =
      """
      select s.id, s.site_id, s.study_instance_uid, s.patient_name, p.patient_id,
        p.issuer_of_patient_id, s.patient_birth_date, s.patient_sex, s.study_date, s.study_time,
        s.accession_number, s.study_description, s.referring_physician_name
      from archive.study s
      join archive.patient p on p.id = s.patient_ref
      where s.study_instance_uid = :study
      """;

  private static final String SERIES =
      """
      select id, series_instance_uid, modality, series_number, series_description,
        body_part_examined, laterality
      from archive.series
      where study_ref = :study and instance_count > 0
      order by series_number nulls last, id
      """;

  private static final String BY_PATIENT =
      """
      select study_instance_uid from archive.study
      where site_id = :site
        and (cast(:from as date) is null or study_date >= :from)
        and (cast(:to as date) is null or study_date <= :to)
      order by patient_ref, id
      """;

  // Sums of what ingest counts; no table of instances is read.
  private static final String HOLDINGS =
      """
      select (select count(*) from archive.patient where merged_into is null), s.studies,
        s.series, s.instances, s.bytes,
        (select count(*) from archive.outbox),
        (select count(*) from archive.quarantine where resolved_at is null)
      from (select count(*) as studies, coalesce(sum(series_count), 0) as series,
              coalesce(sum(instance_count), 0) as instances, coalesce(sum(byte_count), 0) as bytes
            from archive.study) s
      """;

  private final JdbcClient jdbc;

  InstanceReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Holdings holdings() {
    return jdbc.sql(HOLDINGS)
        .query((row, _) ->
            new Holdings(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)))
        .single();
  }

  Optional<StoredInstance> byUid(SopInstanceUid instance) {
    return jdbc.sql(INSTANCES.formatted("i.sop_instance_uid = :uid"))
        .param("uid", instance.value().value())
        .query(InstanceReads::instance)
        .optional();
  }

  List<StudyInstanceUid> byPatient(UUID siteId, @Nullable LocalDate from, @Nullable LocalDate to) {
    return jdbc.sql(BY_PATIENT)
        .param("site", siteId)
        .param("from", from, Types.DATE)
        .param("to", to, Types.DATE)
        .query((row, _) -> StudyInstanceUid.of(row.getString(1)))
        .list();
  }

  Optional<StoredInstance> byId(long instanceId) {
    return jdbc.sql(INSTANCES.formatted("i.id = :id"))
        .param("id", instanceId)
        .query(InstanceReads::instance)
        .optional();
  }

  /** Hands out rows as they come from a cursor, so that a large study is never wholly in memory. */
  void each(
      StudyInstanceUid study,
      @Nullable SeriesInstanceUid series,
      @Nullable SopInstanceUid instance,
      Visibility visibility,
      Consumer<StoredInstance> each) {
    Criteria criteria = Criteria.of(visibility);
    var conditions =
        new StringBuilder("s.study_instance_uid = :study and ").append(criteria.visible());
    Map<String, Object> parameters = new LinkedHashMap<>(criteria.parameters());
    parameters.put("study", study.value().value());
    if (series != null) {
      conditions.append(" and e.series_instance_uid = :series");
      parameters.put("series", series.value().value());
    }
    if (instance != null) {
      conditions.append(" and i.sop_instance_uid = :instance");
      parameters.put("instance", instance.value().value());
    }
    try (Stream<StoredInstance> rows =
        jdbc
            .sql(INSTANCES.formatted(conditions) + IN_ORDER)
            .params(parameters)
            .withFetchSize(500)
            .query(InstanceReads::instance)
            .stream()) {
      rows.forEach(each);
    }
  }

  List<StoredInstance> matching(Criteria criteria) {
    String conditions =
        criteria.sql(Place.STUDY)
            + " and "
            + criteria.sql(Place.SERIES)
            + " and "
            + criteria.sql(Place.INSTANCE)
            + (criteria.has(Place.PATIENT)
                ? " and exists (select 1 from archive.patient p where p.id = s.patient_ref and "
                    + criteria.sql(Place.PATIENT)
                    + ")"
                : "");
    return jdbc.sql(INSTANCES.formatted(conditions) + BY_STUDY)
        .params(criteria.parameters())
        .query(InstanceReads::instance)
        .list();
  }

  Optional<StoredStudy> study(StudyInstanceUid study) {
    return jdbc.sql(STUDY)
        .param("study", study.value().value())
        .query((row, _) -> studyRow(row, study))
        .optional()
        .map(this::withContent);
  }

  private StoredStudy withContent(StoredStudy study) {
    Map<Long, List<StoredInstance>> instances = new LinkedHashMap<>();
    jdbc.sql(INSTANCES.formatted("i.study_ref = :study") + IN_ORDER)
        .param("study", study.id())
        .query(row -> {
          instances
              .computeIfAbsent(row.getLong("series_ref"), _ -> new ArrayList<>())
              .add(instance(row, 0));
        });
    List<StoredSeries> series =
        jdbc.sql(SERIES)
            .param("study", study.id())
            .query((row, _) -> series(row, instances))
            .list();
    return new StoredStudy(
        study.id(),
        study.siteId(),
        study.study(),
        study.patientName(),
        study.patientId(),
        study.issuerOfPatientId(),
        study.patientBirthDate(),
        study.patientSex(),
        study.studyDate(),
        study.studyTime(),
        study.accessionNumber(),
        study.description(),
        study.referringPhysicianName(),
        series);
  }

  private static StoredStudy studyRow(ResultSet row, StudyInstanceUid study) throws SQLException {
    return new StoredStudy(
        row.getLong("id"),
        row.getObject("site_id", UUID.class),
        study,
        PersonName.parse(row.getString("patient_name")),
        row.getString("patient_id"),
        row.getString("issuer_of_patient_id"),
        row.getObject("patient_birth_date", LocalDate.class),
        row.getString("patient_sex"),
        row.getObject("study_date", LocalDate.class),
        row.getString("study_time"),
        row.getString("accession_number"),
        row.getString("study_description"),
        PersonName.parse(row.getString("referring_physician_name")),
        List.of());
  }

  private static StoredSeries series(ResultSet row, Map<Long, List<StoredInstance>> instances)
      throws SQLException {
    long id = row.getLong("id");
    return new StoredSeries(
        id,
        SeriesInstanceUid.of(row.getString("series_instance_uid")),
        row.getString("modality"),
        number(row, "series_number"),
        row.getString("series_description"),
        row.getString("body_part_examined"),
        row.getString("laterality"),
        instances.getOrDefault(id, List.of()));
  }

  private static StoredInstance instance(ResultSet row, int index) throws SQLException {
    return new StoredInstance(
        row.getLong("id"),
        row.getLong("study_ref"),
        row.getObject("site_id", UUID.class),
        StudyInstanceUid.of(row.getString("study_instance_uid")),
        SeriesInstanceUid.of(row.getString("series_instance_uid")),
        SopInstanceUid.of(row.getString("sop_instance_uid")),
        SopClassUid.of(row.getString("sop_class_uid")),
        TransferSyntaxUid.of(row.getString("transfer_syntax_uid")),
        number(row, "instance_number"),
        number(row, "rows"),
        number(row, "columns"),
        row.getInt("number_of_frames"),
        new BlobKey(row.getObject("blob_key", UUID.class)),
        row.getLong("blob_bytes"),
        row.getInt("dataset_offset"),
        HexFormat.of().formatHex(row.getBytes("digest")),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        corrected(row));
  }

  private static @Nullable CorrectedPatient corrected(ResultSet row) throws SQLException {
    OffsetDateTime at = row.getObject("corrected_at", OffsetDateTime.class);
    return at == null
        ? null
        : new CorrectedPatient(
            row.getString("patient_name"),
            row.getString("patient_id"),
            row.getString("issuer_of_patient_id"),
            row.getObject("patient_birth_date", LocalDate.class),
            row.getString("patient_sex"),
            at.toInstant());
  }

  private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
