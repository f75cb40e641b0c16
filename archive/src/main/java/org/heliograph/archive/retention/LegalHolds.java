package org.heliograph.archive.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.BriefLocks;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.retention.LegalHold.Scope;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Places and releases legal holds. A hold that is placed waits for a removal under way, and the
 * next step of any removal sees it.
 */
public final class LegalHolds {
  private static final String PLACE =
      """
      insert into archive.legal_hold (site_id, scope, study_instance_uid, patient_ref, case_id,
        actor, reason, placed_at)
      values (:site, :scope, :study, :patient, :case, :actor, :reason, :now)
      returning id
      """;

  private static final String RELEASE =
      """
      update archive.legal_hold
      set released_at = :now, released_by = :actor, released_reason = :reason
      where id = :id and released_at is null
      """;

  private static final String HOLDS =
      """
      select id, site_id, scope, study_instance_uid, patient_ref, case_id, actor, reason, placed_at,
        released_at
      from archive.legal_hold
      """;

  private final JdbcClient jdbc;
  private final StudyFacts facts;
  private final InstantSource clock;
  private final BriefLocks locks;

  public LegalHolds(DataSource dataSource, StudyFacts facts, InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.facts = facts;
    this.clock = clock;
    this.locks = BriefLocks.on(dataSource);
  }

  /** Holds a study, also one that has not arrived yet. */
  public long study(UUID siteId, StudyInstanceUid study, ChangeOrder order) {
    return placing(
        "study_instance_uid = any(:value)",
        new String[] {study.value().value()},
        () -> place(siteId, Scope.STUDY, study.value().value(), null, null, order));
  }

  /**
   * Holds all studies of a patient, and of those that are one with it.
   *
   * @param patient our number, as {@link org.heliograph.archive.patients.PatientChanges#standing}
   *     tells it
   */
  public long patient(UUID siteId, long patient, ChangeOrder order) {
    return placing(
        "patient_ref = any(:value)",
        new Long[] {patient},
        () -> place(siteId, Scope.PATIENT, null, patient, null, order));
  }

  /**
   * Holds the studies of a case, those too that are added to it later.
   *
   * @param studies those it has now
   */
  public long ofCase(
      UUID siteId, UUID caseId, Collection<StudyInstanceUid> studies, ChangeOrder order) {
    return placing(
        "study_instance_uid = any(:value)",
        studies.stream().map(study -> study.value().value()).toArray(String[]::new),
        () -> place(siteId, Scope.CASE, null, null, caseId, order));
  }

  /** Places a hold behind the locks of its studies, which a removal takes as well. */
  private long placing(String studies, Object[] value, LongSupplier place) {
    return locks.run(() -> {
      jdbc.sql("select id from archive.study where " + studies + " order by id for no key update")
          .param("value", value, Types.ARRAY)
          .query(Long.class)
          .list();
      return place.getAsLong();
    });
  }

  private long place(
      UUID siteId,
      Scope scope,
      @Nullable String study,
      @Nullable Long patient,
      @Nullable UUID caseId,
      ChangeOrder order) {
    return jdbc.sql(PLACE)
        .param("site", siteId)
        .param("scope", scope.name())
        .param("study", study, Types.VARCHAR)
        .param("patient", patient, Types.BIGINT)
        .param("case", caseId, Types.OTHER)
        .param("actor", order.actor())
        .param("reason", order.reason())
        .param("now", now())
        .query(Long.class)
        .single();
  }

  /** Whether the hold stood until now. */
  public boolean release(long id, ChangeOrder order) {
    return jdbc.sql(RELEASE)
            .param("id", id)
            .param("actor", order.actor())
            .param("reason", order.reason())
            .param("now", now())
            .update()
        == 1;
  }

  /** The holds that stand, oldest first. */
  public List<LegalHold> standing() {
    return jdbc.sql(HOLDS + " where released_at is null order by id")
        .query(LegalHolds::hold)
        .list();
  }

  /** Whether any hold stands on a study. */
  public boolean isHeld(StudyInstanceUid study) {
    return jdbc.sql(
            "select coalesce(bool_or("
                + facts.heldCondition()
                + "), false) from archive.study s where s.study_instance_uid = :study")
        .param("study", study.value().value())
        .query(Boolean.class)
        .single();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static LegalHold hold(ResultSet row, int index) throws SQLException {
    OffsetDateTime released = row.getObject("released_at", OffsetDateTime.class);
    return new LegalHold(
        row.getLong("id"),
        row.getObject("site_id", UUID.class),
        Scope.valueOf(row.getString("scope")),
        row.getString("study_instance_uid"),
        row.getObject("patient_ref", Long.class),
        row.getObject("case_id", UUID.class),
        row.getString("actor"),
        row.getString("reason"),
        row.getObject("placed_at", OffsetDateTime.class).toInstant(),
        released == null ? null : released.toInstant());
  }
}
