package org.heliograph.archive.reject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.BriefLocks;
import org.heliograph.archive.reject.HiddenRows.Hide;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What reject notes hide. A note counts for the studies of its own site and in any order: an
 * instance that arrives after its note is hidden when it is stored.
 */
public final class Rejections {
  private static final Duration LOOK_BACK = Duration.ofHours(2);

  private static final String REJECTIONS =
      """
      select j.id, j.site_id, j.study_instance_uid, j.note_sop_instance_uid, j.code, j.origin,
        j.observer, j.reason, j.hides, j.received_at, j.withdrawn_at,
        (select count(*) from archive.rejected_instance r where r.rejection_ref = j.id) as hidden,
        (select d.due_at from archive.deletion d
          where d.rejection_ref = j.id and d.state = 'WAITING') as due_at
      from archive.rejection j
      where %s
      order by j.id desc
      limit 1000
      """;

  private static final String WITHDRAW =
      """
      update archive.rejection
      set withdrawn_at = :now, withdrawn_by = :actor, withdrawn_reason = :reason
      where id = :id and withdrawn_at is null
      """;

  private static final String CANCEL_DELETION =
      """
      update archive.deletion set state = 'CANCELLED', ended_at = :now
      where rejection_ref = :id and state = 'WAITING'
      """;

  // Another note may name the same instance: then it stays hidden, by that one.
  private static final String REHOME =
      """
      update archive.rejected_instance i
      set rejection_ref = other.id
      from (
        select r.sop_instance_uid, min(j.id) as id
        from archive.rejected_reference r
        join archive.rejection j on j.id = r.rejection_ref and j.hides and j.withdrawn_at is null
        where r.sop_instance_uid in (
          select x.sop_instance_uid from archive.rejected_instance x where x.rejection_ref = :id)
        group by r.sop_instance_uid) other
      where i.rejection_ref = :id and other.sop_instance_uid = i.sop_instance_uid
      """;

  private static final String HIDDEN_BY =
      """
      select r.id, r.study_ref from archive.rejected_instance r
      where r.rejection_ref = :id
        and not exists (
          select 1 from archive.rejection n where n.note_sop_instance_uid = r.sop_instance_uid)
      order by r.id limit 500
      """;

  private static final String NOTE_ITSELF =
      """
      select i.id, i.study_ref, j.id from archive.rejection j
      join archive.instance i on i.sop_instance_uid = j.note_sop_instance_uid
      where j.id = :id
      """;

  private static final String SET_POLICY =
      """
      insert into archive.site_policy (site_id, quality) values (:site, :quality)
      on conflict (site_id) do update set quality = excluded.quality
      """;

  private static final String REVIEW =
      """
      update archive.rejection set hides = :hides
      where site_id = :site and code = '113001' and hides <> :hides
      returning id
      """;

  private final JdbcClient jdbc;
  private final HiddenRows hidden;
  private final BriefLocks locks;
  private final InstantSource clock;

  public Rejections(DataSource dataSource, InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.hidden = new HiddenRows(jdbc);
    this.locks = BriefLocks.on(dataSource);
    this.clock = clock;
  }

  /** Hides what a note names, as far as it is there. */
  public void apply(SopInstanceUid note) {
    jdbc.sql("select id from archive.rejection where note_sop_instance_uid = :note")
        .param("note", note.value().value())
        .query(Long.class)
        .optional()
        .ifPresent(this::apply);
  }

  private void apply(long rejection) {
    hideAll(() -> hidden.toHide(rejection));
  }

  /** Hides an instance that was just stored if a note names it. */
  public void applyTo(SopInstanceUid instance) {
    hideAll(() -> hidden.toHide(instance.value().value()));
  }

  /**
   * Hides what a process that died left in sight: it had stored a note, or an instance that a note
   * names, and did not come to the hiding.
   */
  public void catchUp() {
    hideAll(() -> hidden.toHide(clock.instant().minus(LOOK_BACK)));
  }

  private void hideAll(Supplier<List<Hide>> question) {
    while (!question.get().isEmpty()) {
      locks.run(() -> {
        List<Hide> some = question.get();
        Set<Long> studies =
            some.stream().map(Hide::study).collect(Collectors.toCollection(TreeSet::new));
        CountedAnew.lock(jdbc, studies);
        // Another process may have hidden some of them while this one waited.
        List<Hide> still = question.get();
        if (!still.isEmpty() && studies.containsAll(still.stream().map(Hide::study).toList())) {
          hidden.hide(still, clock.instant());
          CountedAnew.count(jdbc, studies);
        }
        return still.size();
      });
    }
  }

  /**
   * Takes a note back: what no other note hides is in sight again, the note itself is hidden, and
   * nothing is removed any more. What was removed already stays away.
   *
   * @return whether the note was in force
   */
  public boolean withdraw(long rejection, String actor, String reason) {
    return locks.run(() -> {
      var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
      int taken =
          jdbc.sql(WITHDRAW)
              .param("id", rejection)
              .param("now", now)
              .param("actor", actor)
              .param("reason", reason)
              .update();
      if (taken == 0) {
        return false;
      }
      jdbc.sql(CANCEL_DELETION).param("id", rejection).param("now", now).update();
      jdbc.sql(REHOME).param("id", rejection).update();
      restore(rejection);
      List<Hide> note =
          jdbc.sql(NOTE_ITSELF)
              .param("id", rejection)
              .query((row, _) -> new Hide(row.getLong(1), row.getLong(2), row.getLong(3)))
              .list();
      if (!note.isEmpty()) {
        List<Long> study = List.of(note.getFirst().study());
        CountedAnew.lock(jdbc, study);
        hidden.hide(note, clock.instant());
        CountedAnew.count(jdbc, study);
      }
      return true;
    });
  }

  private void restore(long rejection) {
    record Row(long id, long study) {}
    while (true) {
      List<Row> some =
          jdbc.sql(HIDDEN_BY)
              .param("id", rejection)
              .query((row, _) -> new Row(row.getLong(1), row.getLong(2)))
              .list();
      if (some.isEmpty()) {
        return;
      }
      Set<Long> studies =
          some.stream().map(Row::study).collect(Collectors.toCollection(TreeSet::new));
      CountedAnew.lock(jdbc, studies);
      hidden.restore(some.stream().map(Row::id).toList());
      CountedAnew.count(jdbc, studies);
    }
  }

  /** Rejections of a study, newest first. */
  public List<Rejection> of(StudyInstanceUid study) {
    return jdbc.sql(REJECTIONS.formatted("j.study_instance_uid = :study"))
        .param("study", study.value().value())
        .query(Rejections::rejection)
        .list();
  }

  /** One of them. */
  public Optional<Rejection> byId(long id) {
    return jdbc.sql(REJECTIONS.formatted("j.id = :id"))
        .param("id", id)
        .query(Rejections::rejection)
        .optional();
  }

  /** The newest of all, at most 1000. */
  public List<Rejection> newest() {
    return jdbc.sql(REJECTIONS.formatted("true")).query(Rejections::rejection).list();
  }

  /** Whether a site goes on showing what was rejected for its quality. */
  public enum Quality {
    HIDDEN,
    SHOWN
  }

  /** Sets that, for the notes there are too. */
  public void quality(UUID siteId, Quality quality) {
    List<Long> changed =
        locks.run(() -> {
          jdbc.sql(SET_POLICY).param("site", siteId).param("quality", quality.name()).update();
          List<Long> ids =
              jdbc.sql(REVIEW)
                  .param("site", siteId)
                  .param("hides", quality == Quality.HIDDEN)
                  .query((row, _) -> row.getLong(1))
                  .list();
          if (quality == Quality.SHOWN) {
            ids.stream()
                .sorted()
                .forEach(id -> {
                  jdbc.sql(REHOME).param("id", id).update();
                  restore(id);
                });
          }
          return ids;
        });
    if (quality == Quality.HIDDEN) {
      changed.forEach(this::apply);
    }
  }

  private static Rejection rejection(ResultSet row, int index) throws SQLException {
    return new Rejection(
        row.getLong("id"),
        row.getObject("site_id", UUID.class),
        StudyInstanceUid.of(row.getString("study_instance_uid")),
        SopInstanceUid.of(row.getString("note_sop_instance_uid")),
        RejectCode.of(row.getString("code")).orElseThrow(),
        row.getString("origin"),
        row.getString("observer"),
        row.getString("reason"),
        row.getBoolean("hides"),
        row.getInt("hidden"),
        Objects.requireNonNull(instant(row, "received_at")),
        instant(row, "withdrawn_at"),
        instant(row, "due_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
