package org.heliograph.archive.retention;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL of removals. Inside the caller's transaction. */
final class RemovalRows {
  private static final String CLAIM =
      """
      update archive.deletion
      set claimed_until = clock_timestamp() + make_interval(secs => :lease),
          attempts = attempts + 1
      where id in (
        select id from archive.deletion
        where state = 'WAITING' and due_at <= :now
          and (claimed_until is null or claimed_until < clock_timestamp())
        order by due_at, id limit 1 for update skip locked)
      returning id, rejection_ref, site_id, actor
      """;

  private static final String STILL =
      "select state = 'WAITING' from archive.deletion where id = :id for update";

  private static final String NEXT =
      """
      select r.id, r.study_ref from archive.rejected_instance r
      where r.rejection_ref = :rejection order by r.id limit 500
      """;

  private static final String HELD =
      "select coalesce(bool_or({held}), false) from archive.study s where s.id = any(:studies)";

  private static final String TOMBSTONES =
      """
      insert into archive.tombstone (sop_instance_uid, series_instance_uid, study_instance_uid,
        site_id, code, accepted_again, deleted_at)
      select r.sop_instance_uid, r.series_instance_uid, s.study_instance_uid, s.site_id, j.code,
        j.code = any(:accepted), :now
      from archive.rejected_instance r
      join archive.rejection j on j.id = r.rejection_ref
      join archive.study s on s.id = r.study_ref
      where r.id = any(:ids)
      on conflict (sop_instance_uid) do update
        set code = excluded.code, accepted_again = excluded.accepted_again,
            deleted_at = excluded.deleted_at, site_id = excluded.site_id,
            series_instance_uid = excluded.series_instance_uid,
            study_instance_uid = excluded.study_instance_uid
      """;

  private static final List<String> REMOVE =
      List.of(
          """
          insert into archive.blob_removal (blob_key, wanted_at)
          select blob_key, :now from archive.rejected_instance where id = any(:ids)
          union all
          select blob_key, :now from archive.kept_blob where rejected_ref = any(:ids)
          on conflict (blob_key) do nothing
          """,
          """
          insert into archive.site_usage_change (site_id, byte_count, instance_count)
          select s.site_id, -sum(r.blob_bytes), -count(*)
          from archive.rejected_instance r join archive.study s on s.id = r.study_ref
          where r.id = any(:ids) group by s.site_id
          """,
          """
          update archive.deletion d
          set instance_count = d.instance_count + n.instances, byte_count = d.byte_count + n.bytes,
              claimed_until = clock_timestamp() + make_interval(secs => :lease)
          from (select count(*) as instances, coalesce(sum(blob_bytes), 0) as bytes
                from archive.rejected_instance where id = any(:ids)) n
          where d.id = :deletion
          """,
          "delete from archive.kept_blob where rejected_ref = any(:ids)",
          "delete from archive.rejected_instance where id = any(:ids)");

  private static final String BARE_STUDIES =
      """
      select s.id, s.study_instance_uid from archive.study s
      where s.study_instance_uid in (
          select r.study_instance_uid from archive.rejected_reference r
          where r.rejection_ref = :rejection
          union
          select j.study_instance_uid from archive.rejection j where j.id = :rejection)
        and s.site_id = :site
        and not s.listed
        and not exists (
          select 1 from archive.rejected_instance r
          where r.study_ref = s.id and not exists (
            select 1 from archive.rejection n where n.note_sop_instance_uid = r.sop_instance_uid))
      order by s.id
      """;

  private static final String LOCK_WHOLE =
      "select id from archive.study where id = any(:studies) order by id for update";

  private static final List<String> REMOVE_STUDIES =
      List.of(
          """
          insert into archive.tombstone (sop_instance_uid, series_instance_uid, study_instance_uid,
            site_id, code, accepted_again, deleted_at)
          select i.sop_instance_uid, e.series_instance_uid, s.study_instance_uid, s.site_id, '',
            false, :now
          from archive.instance i
          join archive.series e on e.id = i.series_ref
          join archive.study s on s.id = i.study_ref
          where s.id = any(:studies)
          union all
          select r.sop_instance_uid, r.series_instance_uid, s.study_instance_uid, s.site_id, '',
            false, :now
          from archive.rejected_instance r join archive.study s on s.id = r.study_ref
          where s.id = any(:studies)
          on conflict (sop_instance_uid) do nothing
          """,
          """
          insert into archive.blob_removal (blob_key, wanted_at)
          select blob_key, :now from archive.instance where study_ref = any(:studies)
          union all
          select blob_key, :now from archive.rejected_instance where study_ref = any(:studies)
          on conflict (blob_key) do nothing
          """,
          """
          insert into archive.site_usage_change (site_id, byte_count, instance_count)
          select s.site_id, -sum(i.blob_bytes), -count(*)
          from (
            select study_ref, blob_bytes from archive.instance where study_ref = any(:studies)
            union all
            select study_ref, blob_bytes from archive.rejected_instance
            where study_ref = any(:studies)) i
          join archive.study s on s.id = i.study_ref
          group by s.site_id
          """,
          "delete from archive.rejected_instance where study_ref = any(:studies)",
          """
          delete from archive.outbox where instance_ref in (
            select id from archive.instance where study_ref = any(:studies))
          """,
          """
          delete from archive.frame_index where instance_ref in (
            select id from archive.instance where study_ref = any(:studies))
          """,
          """
          delete from archive.instance_header where instance_ref in (
            select id from archive.instance where study_ref = any(:studies))
          """,
          "delete from archive.instance where study_ref = any(:studies)",
          """
          delete from archive.series_request where series_ref in (
            select id from archive.series where study_ref = any(:studies))
          """,
          "delete from archive.series where study_ref = any(:studies)",
          "delete from archive.study where id = any(:studies)");

  private static final String PATIENTS =
      """
      select patient_ref from archive.study where id = any(:studies)
      union
      select patient_ref from archive.study_as_received where study_ref = any(:studies)
      order by 1
      """;

  // A patient that something was said of stays: the history names it.
  private static final String REMOVE_PATIENTS =
      """
      delete from archive.patient p
      where p.id = any(:patients) and p.merged_into is null and p.corrected_at is null
        and not exists (select 1 from archive.study s where s.patient_ref = p.id)
        and not exists (select 1 from archive.study_as_received r where r.patient_ref = p.id)
        and not exists (select 1 from archive.patient d where d.merged_into = p.id)
        and not exists (select 1 from archive.patient_change c
          where c.patient_ref = p.id or c.other_patient_ref = p.id)
        and not exists (select 1 from archive.legal_hold h
          where h.patient_ref = p.id and h.released_at is null)
      """;

  private static final String END =
      """
      update archive.deletion set state = 'DONE', fault = '', ended_at = :now, claimed_until = null
      where id = :id
      """;

  private static final String POSTPONE =
      """
      update archive.deletion
      set fault = :fault, claimed_until = clock_timestamp() + make_interval(secs => :seconds)
      where id = :id and state = 'WAITING'
      """;

  private final JdbcClient jdbc;
  private final StudyFacts facts;

  RemovalRows(JdbcClient jdbc, StudyFacts facts) {
    this.jdbc = jdbc;
    this.facts = facts;
  }

  record Deletion(long id, long rejection, UUID siteId, String actor) {}

  record Hidden(long id, long study) {}

  record Study(long id, StudyInstanceUid uid) {}

  Optional<Deletion> claim(Instant now, double leaseSeconds) {
    return jdbc.sql(CLAIM)
        .param("now", utc(now))
        .param("lease", leaseSeconds)
        .query((row, _) ->
            new Deletion(
                row.getLong(1), row.getLong(2), row.getObject(3, UUID.class), row.getString(4)))
        .optional();
  }

  /** Whether nobody has taken the rejection back; nobody can until the transaction ends. */
  boolean stillWanted(long deletion) {
    return jdbc.sql(STILL).param("id", deletion).query(Boolean.class).single();
  }

  List<Hidden> next(long rejection) {
    return jdbc.sql(NEXT)
        .param("rejection", rejection)
        .query((row, _) -> new Hidden(row.getLong(1), row.getLong(2)))
        .list();
  }

  boolean anyHeld(Collection<Long> studies) {
    return jdbc.sql(HELD.replace("{held}", facts.heldCondition()))
        .param("studies", array(studies), Types.ARRAY)
        .query(Boolean.class)
        .single();
  }

  List<Study> studies(Collection<Long> studies) {
    return jdbc.sql(
            "select id, study_instance_uid from archive.study where id = any(:studies) order by id")
        .param("studies", array(studies), Types.ARRAY)
        .query((row, _) -> new Study(row.getLong(1), StudyInstanceUid.of(row.getString(2))))
        .list();
  }

  void remove(
      Deletion deletion, Collection<Long> hidden, Set<String> accepted, Instant now, double lease) {
    Long[] ids = array(hidden);
    jdbc.sql(TOMBSTONES)
        .param("ids", ids, Types.ARRAY)
        .param("accepted", accepted.toArray(String[]::new), Types.ARRAY)
        .param("now", utc(now))
        .update();
    REMOVE.forEach(sql ->
        jdbc.sql(sql)
            .param("ids", ids, Types.ARRAY)
            .param("now", utc(now))
            .param("deletion", deletion.id())
            .param("lease", lease)
            .update());
  }

  /** Studies of the rejection in which nothing but reject notes is left. */
  List<Study> bareStudies(Deletion deletion) {
    return jdbc.sql(BARE_STUDIES)
        .param("rejection", deletion.rejection())
        .param("site", deletion.siteId())
        .query((row, _) -> new Study(row.getLong(1), StudyInstanceUid.of(row.getString(2))))
        .list();
  }

  void lockWhole(Collection<Long> studies) {
    jdbc.sql(LOCK_WHOLE).param("studies", array(studies), Types.ARRAY).query(Long.class).list();
  }

  void removeStudies(Collection<Long> studies, Instant now) {
    Long[] ids = array(studies);
    Set<Long> patients =
        new TreeSet<>(
            jdbc.sql(PATIENTS)
                .param("studies", ids, Types.ARRAY)
                .query((row, _) -> row.getLong(1))
                .list());
    REMOVE_STUDIES.forEach(
        sql -> jdbc.sql(sql).param("studies", ids, Types.ARRAY).param("now", utc(now)).update());
    jdbc.sql("select id from archive.patient where id = any(:patients) order by id for update")
        .param("patients", array(patients), Types.ARRAY)
        .query(Long.class)
        .list();
    jdbc.sql(REMOVE_PATIENTS).param("patients", array(patients), Types.ARRAY).update();
  }

  void end(long deletion, Instant now) {
    jdbc.sql(END).param("id", deletion).param("now", utc(now)).update();
  }

  void postpone(long deletion, String fault, double seconds) {
    jdbc.sql(POSTPONE)
        .param("id", deletion)
        .param("fault", fault)
        .param("seconds", seconds)
        .update();
  }

  private static Long[] array(Collection<Long> ids) {
    return ids.toArray(Long[]::new);
  }

  private static OffsetDateTime utc(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
