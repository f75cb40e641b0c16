package org.heliograph.archive.retention;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestInstance;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Orders to reject something, written down by whoever may and carried out by a running hub: it
 * makes the reject note and files it in the study, which hides what the note names. The note's UID
 * is chosen with the order, so that an order that was cut off is carried out once.
 */
public final class RejectOrders {
  private static final Logger log = LoggerFactory.getLogger(RejectOrders.class);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final int MAX_ATTEMPTS = 20;

  /** Origin of notes made here. */
  public static final String ORIGIN = "reject";

  private static final String INSERT =
      """
      insert into archive.reject_order (site_id, study_instance_uid, series_instance_uid,
        sop_instance_uid, code, actor, reason, keep_reports, remove_after_days,
        note_sop_instance_uid, ordered_at, state)
      values (:site, :study, :series, :instance, :code, :actor, :reason, :keep_reports, :days,
        :note, :now, 'WAITING')
      returning id
      """;

  private static final String CLAIM =
      """
      update archive.reject_order
      set claimed_until = clock_timestamp() + make_interval(secs => :lease),
          attempts = attempts + 1
      where id in (
        select id from archive.reject_order
        where state = 'WAITING' and (cast(:only as bigint) is null or id = :only)
          and (claimed_until is null or claimed_until < clock_timestamp())
        order by id limit 1 for update skip locked)
      returning id, site_id, study_instance_uid, series_instance_uid, sop_instance_uid, code, actor,
        reason, keep_reports, remove_after_days, note_sop_instance_uid, ordered_at, attempts
      """;

  private static final String REFERENCES =
      """
      select e.series_instance_uid, i.sop_class_uid, i.sop_instance_uid
      from archive.instance i
      join archive.series e on e.id = i.series_ref
      join archive.study s on s.id = i.study_ref
      where s.study_instance_uid = :study and s.site_id = :site
        and (cast(:series as text) is null or e.series_instance_uid = :series)
        and (cast(:instance as text) is null or i.sop_instance_uid = :instance)
        and (not :keep_reports or i.origin <> 'report')
        and not exists (
          select 1 from archive.rejection n where n.note_sop_instance_uid = i.sop_instance_uid)
      order by e.id, i.id
      """;

  private static final String END =
      """
      update archive.reject_order
      set state = :state, fault = :fault, ended_at = :now, claimed_until = null
      where id = :id and state = 'WAITING'
      """;

  private static final String FAILED =
      """
      update archive.reject_order
      set fault = :fault, state = case when attempts >= :most then 'FAILED' else state end,
          claimed_until = clock_timestamp() + make_interval(secs => least(3600, power(2, attempts)))
      where id = :id and state = 'WAITING'
      """;

  private static final String PLAN_REMOVAL =
      """
      insert into archive.deletion (rejection_ref, site_id, actor, due_at, state)
      select j.id, j.site_id, :actor, :due, 'WAITING' from archive.rejection j
      where j.note_sop_instance_uid = :note and j.withdrawn_at is null
      on conflict (rejection_ref) do nothing
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Catalog catalog;
  private final IngestInstance ingest;
  private final InstantSource clock;

  RejectOrders(DataSource dataSource, Catalog catalog, IngestInstance ingest, InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.catalog = catalog;
    this.ingest = ingest;
    this.clock = clock;
  }

  /** How an order ended, or that it has not. */
  public enum State {
    WAITING,
    DONE,
    /** There was nothing in sight to reject. */
    NOTHING,
    FAILED
  }

  /** Writes an order down. Durable; joins a transaction of the caller. */
  public static long place(JdbcClient jdbc, RejectOrder order, Instant now) {
    return jdbc.sql(INSERT)
        .param("site", order.siteId())
        .param("study", order.study().value().value())
        .param(
            "series", order.series() == null ? null : order.series().value().value(), Types.VARCHAR)
        .param(
            "instance",
            order.instance() == null ? null : order.instance().value().value(),
            Types.VARCHAR)
        .param("code", order.code().value())
        .param("actor", order.by().actor())
        .param("reason", order.by().reason())
        .param("keep_reports", order.keepReports())
        .param("days", order.removeAfterDays(), Types.INTEGER)
        .param("note", Uid.create().value())
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** How an order stands. */
  public static Optional<State> state(JdbcClient jdbc, long order) {
    return jdbc.sql("select state from archive.reject_order where id = :id")
        .param("id", order)
        .query((row, _) -> State.valueOf(row.getString(1)))
        .optional();
  }

  /** Carries out one order now, if nobody else does; returns how it stands. */
  public State carryOut(long order) {
    claim(order).ifPresent(this::carryOut);
    return state(jdbc, order).orElse(State.NOTHING);
  }

  /** Carries out what waits; returns how many orders were looked at. */
  int work() {
    int done = 0;
    for (Optional<Claimed> next = claim(null); next.isPresent(); next = claim(null)) {
      carryOut(next.get());
      done++;
    }
    return done;
  }

  private Optional<Claimed> claim(@Nullable Long only) {
    return transaction.execute(_ ->
        jdbc.sql(CLAIM)
            .param("lease", (double) LEASE.toSeconds())
            .param("only", only, Types.BIGINT)
            .query(RejectOrders::claimed)
            .optional());
  }

  private void carryOut(Claimed order) {
    try {
      if (!noteIsStored(order)) {
        StoredStudy study = catalog.study(order.study()).orElse(null);
        List<RejectNoteObject.Reference> references = references(order);
        if (study == null || references.isEmpty()) {
          end(order, State.NOTHING, "");
          return;
        }
        store(order, RejectNoteObject.of(order, study, references));
      }
      transaction.executeWithoutResult(_ -> {
        planRemoval(order);
        end(order, State.DONE, "");
      });
      log.info("event=rejection.made order={} code={}", order.id(), order.code());
    } catch (IOException | RuntimeException e) {
      log.warn(
          "event=rejection.failed order={} cause={}", order.id(), e.getClass().getSimpleName());
      jdbc.sql(FAILED)
          .param("id", order.id())
          .param("fault", e.getClass().getSimpleName())
          .param("most", MAX_ATTEMPTS)
          .update();
    }
  }

  private boolean noteIsStored(Claimed order) {
    return jdbc.sql(
            "select exists (select 1 from archive.rejection where note_sop_instance_uid = ?)")
        .param(order.note())
        .query(Boolean.class)
        .single();
  }

  private List<RejectNoteObject.Reference> references(Claimed order) {
    return jdbc.sql(REFERENCES)
        .param("study", order.study().value().value())
        .param("site", order.siteId())
        .param("series", order.series(), Types.VARCHAR)
        .param("instance", order.instance(), Types.VARCHAR)
        .param("keep_reports", order.keepReports())
        .query((row, _) ->
            new RejectNoteObject.Reference(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  private void store(Claimed order, byte[] note) throws IOException {
    IngestResult result =
        ingest.ingest(
            new Incoming(
                order.siteId(),
                ORIGIN,
                TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
                null,
                null,
                new ByteArrayInputStream(note)));
    switch (result) {
      case IngestResult.Stored _, IngestResult.AlreadyStored _ -> {}
      case IngestResult.Quarantined quarantined ->
          throw new IOException(quarantined.reason().name());
      case IngestResult.Refused refused -> throw new IOException(refused.reason().name());
    }
  }

  private void planRemoval(Claimed order) {
    Integer days = order.removeAfterDays();
    if (days != null) {
      jdbc.sql(PLAN_REMOVAL)
          .param("actor", order.actor())
          .param("note", order.note())
          .param(
              "due",
              OffsetDateTime.ofInstant(clock.instant().plus(Duration.ofDays(days)), ZoneOffset.UTC))
          .update();
    }
  }

  private void end(Claimed order, State state, String fault) {
    jdbc.sql(END)
        .param("id", order.id())
        .param("state", state.name())
        .param("fault", fault)
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .update();
  }

  /** An order that this process carries out. */
  record Claimed(
      long id,
      UUID siteId,
      StudyInstanceUid study,
      @Nullable String series,
      @Nullable String instance,
      RejectCode code,
      String actor,
      String reason,
      boolean keepReports,
      @Nullable Integer removeAfterDays,
      String note,
      Instant orderedAt) {
    @Override
    public String toString() {
      return "Claimed[" + id + "]";
    }
  }

  private static Claimed claimed(ResultSet row, int index) throws SQLException {
    return new Claimed(
        row.getLong("id"),
        row.getObject("site_id", UUID.class),
        StudyInstanceUid.of(row.getString("study_instance_uid")),
        row.getString("series_instance_uid"),
        row.getString("sop_instance_uid"),
        RejectCode.of(row.getString("code")).orElseThrow(),
        row.getString("actor"),
        row.getString("reason"),
        row.getBoolean("keep_reports"),
        row.getObject("remove_after_days", Integer.class),
        row.getString("note_sop_instance_uid"),
        row.getObject("ordered_at", OffsetDateTime.class).toInstant());
  }
}
