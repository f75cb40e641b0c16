package org.heliograph.archive.reject;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Moves instances out of sight and back. Inside the caller's transaction. */
final class HiddenRows {
  // Notes hide nothing of their own kind: a note is withdrawn, not rejected. What came back after
  // its removal is another instance than the one that an older note meant.
  private static final String TO_HIDE =
      """
      select i.id, i.study_ref, min(j.id) as rejection
      from archive.rejected_reference r
      join archive.rejection j on j.id = r.rejection_ref and j.hides and j.withdrawn_at is null
      join archive.instance i on i.sop_instance_uid = r.sop_instance_uid
      join archive.study s on s.id = i.study_ref and s.site_id = j.site_id
        and s.study_instance_uid = r.study_instance_uid
      where {which}
        and not exists (
          select 1 from archive.rejection n where n.note_sop_instance_uid = i.sop_instance_uid)
        and not exists (
          select 1 from archive.tombstone t
          where t.sop_instance_uid = i.sop_instance_uid and t.accepted_again
            and t.deleted_at >= j.received_at)
      group by i.id, i.study_ref
      order by i.id
      limit 500
      """;

  private static final String HIDE =
      """
      insert into archive.rejected_instance (id, study_ref, series_ref, rejection_ref,
        sop_instance_uid, series_instance_uid, digest, blob_key, blob_bytes, dataset_offset,
        instance_row, frame_row, dicom_json, told, hidden_at)
      select i.id, i.study_ref, i.series_ref, w.rejection, i.sop_instance_uid,
        e.series_instance_uid, i.digest, i.blob_key, i.blob_bytes, i.dataset_offset, to_jsonb(i),
        to_jsonb(f), h.dicom_json,
        not exists (select 1 from archive.outbox o where o.instance_ref = i.id), :now
      from unnest(cast(:ids as bigint[]), cast(:rejections as bigint[])) as w (id, rejection)
      join archive.instance i on i.id = w.id
      join archive.series e on e.id = i.series_ref
      join archive.instance_header h on h.instance_ref = i.id
      left join archive.frame_index f on f.instance_ref = i.id
      order by i.id
      """;

  private static final String RESTORE =
      """
      insert into archive.instance overriding system value
      select (jsonb_populate_record(null::archive.instance, r.instance_row)).*
      from archive.rejected_instance r where r.id = any(:ids) order by r.id
      """;

  private static final List<String> AFTER_RESTORE =
      List.of(
          """
          insert into archive.instance_header (instance_ref, dicom_json)
          select id, dicom_json from archive.rejected_instance where id = any(:ids)
          """,
          """
          insert into archive.frame_index
          select (jsonb_populate_record(null::archive.frame_index, r.frame_row)).*
          from archive.rejected_instance r where r.id = any(:ids) and r.frame_row is not null
          """,
          """
          insert into archive.outbox (instance_ref, created_at)
          select id, hidden_at from archive.rejected_instance where id = any(:ids) and not told
          """,
          """
          update archive.kept_blob set instance_ref = rejected_ref, rejected_ref = null
          where rejected_ref = any(:ids)
          """,
          "delete from archive.rejected_instance where id = any(:ids)");

  private static final List<String> AFTER_HIDE =
      List.of(
          """
          update archive.kept_blob set rejected_ref = instance_ref, instance_ref = null
          where instance_ref = any(:ids)
          """,
          "delete from archive.outbox where instance_ref = any(:ids)",
          "delete from archive.frame_index where instance_ref = any(:ids)",
          "delete from archive.instance_header where instance_ref = any(:ids)",
          "delete from archive.instance where id = any(:ids)");

  private final JdbcClient jdbc;

  HiddenRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Hide(long id, long study, long rejection) {}

  /** Instances that a rejection in force names and that are not hidden yet; at most 500. */
  List<Hide> toHide(long rejection) {
    return toHide("j.id = :value", rejection);
  }

  List<Hide> toHide(String sopInstanceUid) {
    return toHide("r.sop_instance_uid = :value", sopInstanceUid);
  }

  /** The same of all rejections since a moment. */
  List<Hide> toHide(Instant since) {
    return toHide("j.received_at >= :value", OffsetDateTime.ofInstant(since, ZoneOffset.UTC));
  }

  private List<Hide> toHide(String condition, Object value) {
    return jdbc.sql(TO_HIDE.replace("{which}", condition))
        .param("value", value)
        .query((row, _) -> new Hide(row.getLong(1), row.getLong(2), row.getLong(3)))
        .list();
  }

  void hide(List<Hide> instances, Instant now) {
    Long[] ids = instances.stream().map(Hide::id).toArray(Long[]::new);
    jdbc.sql(HIDE)
        .param("ids", ids, Types.ARRAY)
        .param(
            "rejections", instances.stream().map(Hide::rejection).toArray(Long[]::new), Types.ARRAY)
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .update();
    AFTER_HIDE.forEach(sql -> jdbc.sql(sql).param("ids", ids, Types.ARRAY).update());
  }

  void restore(Collection<Long> instances) {
    Long[] ids = instances.toArray(Long[]::new);
    jdbc.sql(RESTORE).param("ids", ids, Types.ARRAY).update();
    AFTER_RESTORE.forEach(sql -> jdbc.sql(sql).param("ids", ids, Types.ARRAY).update());
  }
}
