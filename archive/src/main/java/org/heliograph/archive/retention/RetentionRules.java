package org.heliograph.archive.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.retention.RetentionRule.From;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rules, and which studies they let go. */
public final class RetentionRules {
  private static final String SET =
      """
      insert into archive.retention_rule (site_id, specialty, modality, keep_years, counted_from,
        until_age, keep_reports, grace_days, actor, set_at)
      values (:site, :specialty, :modality, :years, :from, :until_age, :keep_reports, :grace,
        :actor, :now)
      on conflict on constraint retention_rule_once do update
        set keep_years = excluded.keep_years, counted_from = excluded.counted_from,
            until_age = excluded.until_age, keep_reports = excluded.keep_reports,
            grace_days = excluded.grace_days, actor = excluded.actor, set_at = excluded.set_at
      """;

  private static final String REMOVE =
      """
      delete from archive.retention_rule
      where site_id is not distinct from cast(:site as uuid)
        and specialty is not distinct from cast(:specialty as text)
        and modality is not distinct from cast(:modality as text)
      """;

  private static final String ALL =
      """
      select site_id, specialty, modality, keep_years, counted_from, until_age, keep_reports,
        grace_days
      from archive.retention_rule order by site_id nulls first, specialty nulls first,
        modality nulls first
      """;

  // A minor at the time of the study is somebody younger then than the age of the rule. Reports are
  // kept if any rule for the study says so.
  private static final String EXPIRED =
      """
      select s.site_id, s.study_instance_uid, s.study_date, s.modalities, s.instance_count,
        s.byte_count, x.expired_on, x.keep_reports, x.grace_days, {held} as held
      from archive.study s
      cross join lateral (
        select coalesce(s.study_date, cast(s.created_at at time zone 'UTC' as date)) as day,
          {specialty} as specialty) d
      cross join lateral (
        select
          max(greatest(
            cast(case r.counted_from
              when 'STUDY_DATE' then d.day
              else cast(greatest(cast(d.day as timestamptz), s.created_at, {last_use},
                (select max(i.received_at) from archive.instance i where i.study_ref = s.id))
                at time zone 'UTC' as date) end
              + make_interval(years => r.keep_years) as date),
            case when r.until_age is not null and s.patient_birth_date is not null
                and d.day < s.patient_birth_date + make_interval(years => r.until_age)
              then cast(s.patient_birth_date + make_interval(years => r.until_age) as date) end))
            as expired_on,
          bool_or(r.keep_reports) as keep_reports, max(r.grace_days) as grace_days
        from archive.retention_rule r
        where (r.site_id is null or r.site_id = s.site_id)
          and (r.specialty is null or r.specialty = d.specialty)
          and (r.modality is null or cast(r.modality as text) = any(s.modalities))) x
      where s.listed
        and s.ordering_date < :newest
        and x.expired_on < :today
        and not exists (
          select 1 from archive.reject_order o
          where o.study_instance_uid = s.study_instance_uid and o.state = 'WAITING')
        and exists (
          select 1 from archive.instance i
          where i.study_ref = s.id and (not x.keep_reports or i.origin <> 'report')
            and not exists (
              select 1 from archive.rejection n where n.note_sop_instance_uid = i.sop_instance_uid))
        {only}
      order by s.ordering_date, s.id
      limit :limit
      """;

  private final JdbcClient jdbc;
  private final StudyFacts facts;
  private final InstantSource clock;

  public RetentionRules(DataSource dataSource, StudyFacts facts, InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.facts = facts;
    this.clock = clock;
  }

  /** Sets the rule for its site, specialty and modality. */
  public void set(RetentionRule rule, String actor) {
    jdbc.sql(SET)
        .param("site", rule.siteId(), Types.OTHER)
        .param("specialty", rule.specialty(), Types.VARCHAR)
        .param("modality", rule.modality(), Types.VARCHAR)
        .param("years", rule.keepYears())
        .param("from", rule.countedFrom().name())
        .param("until_age", rule.untilAge(), Types.INTEGER)
        .param("keep_reports", rule.keepReports())
        .param("grace", rule.graceDays())
        .param("actor", actor)
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .update();
  }

  /** Removes the rule for the same site, specialty and modality; whether there was one. */
  public boolean remove(RetentionRule rule) {
    return jdbc.sql(REMOVE)
            .param("site", rule.siteId(), Types.OTHER)
            .param("specialty", rule.specialty(), Types.VARCHAR)
            .param("modality", rule.modality(), Types.VARCHAR)
            .update()
        == 1;
  }

  public List<RetentionRule> all() {
    return jdbc.sql(ALL).query(RetentionRules::rule).list();
  }

  /** Studies whose time is over by the rules there are, oldest first, held ones too. */
  public List<ExpiringStudy> expired(int limit) {
    return expired("", limit);
  }

  /** The same without those under a legal hold. */
  List<ExpiringStudy> toReject(int limit) {
    return expired("and not " + facts.heldCondition(), limit);
  }

  private List<ExpiringStudy> expired(String only, int limit) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return jdbc.sql(
            EXPIRED
                .replace("{held}", facts.heldCondition())
                .replace("{specialty}", facts.specialtyOf("s.study_instance_uid"))
                .replace("{last_use}", facts.lastUseOf("s.study_instance_uid"))
                .replace("{only}", only))
        .param("today", today)
        .param("newest", today.minusYears(1))
        .param("limit", limit)
        .query(RetentionRules::expiring)
        .list();
  }

  private static RetentionRule rule(ResultSet row, int index) throws SQLException {
    return new RetentionRule(
        row.getObject("site_id", UUID.class),
        row.getString("specialty"),
        row.getString("modality"),
        row.getInt("keep_years"),
        From.valueOf(row.getString("counted_from")),
        row.getObject("until_age", Integer.class),
        row.getBoolean("keep_reports"),
        row.getInt("grace_days"));
  }

  private static ExpiringStudy expiring(ResultSet row, int index) throws SQLException {
    return new ExpiringStudy(
        row.getObject("site_id", UUID.class),
        StudyInstanceUid.of(row.getString("study_instance_uid")),
        row.getObject("study_date", LocalDate.class),
        List.of((String[]) row.getArray("modalities").getArray()),
        row.getInt("instance_count"),
        row.getLong("byte_count"),
        row.getObject("expired_on", LocalDate.class),
        row.getBoolean("keep_reports"),
        row.getInt("grace_days"),
        row.getBoolean("held"));
  }
}
