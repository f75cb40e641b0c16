package org.heliograph.reader.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DateRange;
import org.heliograph.dicom.data.DicomTime;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TemporalPrecision;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.json.DicomJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Scheduled procedure steps in {@code reading.scheduled_step}. */
final class StepRows {
  private static final String UPSERT_OF_CASE =
      """
      insert into reading.scheduled_step (
        id, site_id, request_case_id, case_id, scheduled_procedure_step_id, accession_number,
        study_instance_uid, start_date, start_time, appointment, state, item, created_at, updated_at)
      values (:id, :site, :case, :case, :step, :accession, :study, :date, :time, false, 'SCHEDULED',
        :item::jsonb, clock_timestamp(), clock_timestamp())
      on conflict (request_case_id) do update set
        accession_number = excluded.accession_number, item = excluded.item, withdrawn = false,
        updated_at = excluded.updated_at
      returning id
      """;
  private static final String UPSERT_OF_ORDER =
      """
      insert into reading.scheduled_step (
        id, site_id, order_id, step_key, scheduled_procedure_step_id, accession_number,
        study_instance_uid, start_date, start_time, appointment, state, item, created_at, updated_at)
      values (:id, :site, :order, :key,
        coalesce(:step, 'S' || lpad(nextval('reading.order_number_seq')::text, 9, '0')), :accession,
        :study, :date, :time, :appointment, 'SCHEDULED', :item::jsonb, clock_timestamp(),
        clock_timestamp())
      on conflict (order_id, step_key) do update set
        accession_number = excluded.accession_number, item = excluded.item, withdrawn = false,
        study_instance_uid = excluded.study_instance_uid,
        start_date = case when excluded.appointment or scheduled_step.appointment
                          then excluded.start_date else scheduled_step.start_date end,
        start_time = case when excluded.appointment or scheduled_step.appointment
                          then excluded.start_time else scheduled_step.start_time end,
        appointment = excluded.appointment, updated_at = excluded.updated_at
      returning id
      """;

  /** What is done stays done; what is in hand is started; a withdrawn step is neither. */
  private static final String REFRESH =
      """
      update reading.scheduled_step s set state = now.state, updated_at = clock_timestamp()
      from (
        select each.id,
          case
            when coalesce(p.completed, false) then 'COMPLETED'
            when each.arrived_at is not null and not coalesce(p.in_progress, false) then 'COMPLETED'
            when each.withdrawn then 'CANCELLED'
            when coalesce(p.in_progress, false) then 'STARTED'
            else 'SCHEDULED'
          end as state
        from reading.scheduled_step each
        left join lateral (
          select bool_or(m.status = 'COMPLETED') as completed,
                 bool_or(m.status = 'IN_PROGRESS') as in_progress
          from reading.performed_step_of o
          join reading.performed_step m on m.sop_instance_uid = o.performed_step_uid
          where o.scheduled_step_id = each.id) p on true
        where each.id = any(:ids)) now
      where s.id = now.id and s.state <> now.state
      """;

  private static final String LOCK =
      "select id from reading.scheduled_step where id = any(:ids) order by id for update";
  private static final String PAGE =
      """
      select s.id, s.study_instance_uid, s.accession_number, s.scheduled_procedure_step_id,
             s.start_date, s.start_time, s.appointment, s.state, s.item
      from reading.scheduled_step s
      where s.site_id = :site and s.state = any(:states)
        and (:to::date is null or s.start_date <= :to::date)
        and (:from::date is null or s.start_date >= :from::date
             or (not s.appointment and :today >= :from::date))
        and (:to::date is null or s.appointment or s.state <> 'SCHEDULED' or :today <= :to::date)
        and (s.start_date, s.start_time, s.id) > (:afterDate, :afterTime, :afterId)
      order by s.start_date, s.start_time, s.id
      limit :limit
      """;

  private final JdbcClient sql;

  StepRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** A place in the order of {@link #page}. */
  record Position(LocalDate date, LocalTime time, UUID id) {
    static final Position START =
        new Position(LocalDate.of(1, 1, 1), LocalTime.MIDNIGHT, new UUID(0, 0));
  }

  /** One step of a worklist. */
  record Row(Position position, Dataset item) {
    @Override
    public String toString() {
      return "Row[" + position.id() + "]";
    }
  }

  /** What a worklist is narrowed to; stations are those of the site. */
  record Narrowing(UUID siteId, List<String> states, @Nullable DateRange dates, LocalDate today) {
    Narrowing {
      states = List.copyOf(states);
    }
  }

  UUID upsert(
      UUID siteId,
      UUID caseId,
      String stepId,
      String accessionNumber,
      String studyInstanceUid,
      LocalDateTime start,
      String item) {
    return sql.sql(UPSERT_OF_CASE)
        .param("id", UUID.randomUUID())
        .param("site", siteId)
        .param("case", caseId)
        .param("step", stepId)
        .param("accession", accessionNumber)
        .param("study", studyInstanceUid)
        .param("date", start.toLocalDate())
        .param("time", start.toLocalTime())
        .param("item", item)
        .query(UUID.class)
        .single();
  }

  /** A step of an order; its ID and the moment it was first wanted stay as they are. */
  UUID upsert(
      OrderRows.Order order, OrderedStep step, LocalDateTime wanted, String item, UUID siteId) {
    LocalDateTime start = step.start() == null ? wanted : step.start();
    return sql.sql(UPSERT_OF_ORDER)
        .param("id", UUID.randomUUID())
        .param("site", siteId)
        .param("order", order.id())
        .param("key", step.key())
        .param("step", step.stepId().isEmpty() ? null : step.stepId(), Types.VARCHAR)
        .param("accession", order.accessionNumber())
        .param("study", order.studyInstanceUid())
        .param("date", start.toLocalDate())
        .param("time", start.toLocalTime())
        .param("appointment", step.start() != null)
        .param("item", item)
        .query(UUID.class)
        .single();
  }

  /** Withdraws the steps of an order but for those that stay; returns those withdrawn. */
  List<UUID> withdraw(UUID orderId, Collection<UUID> staying) {
    return sql.sql(
            """
            update reading.scheduled_step set withdrawn = true, updated_at = clock_timestamp()
            where order_id = :order and not id = any(:staying) returning id
            """)
        .param("order", orderId)
        .param("staying", staying.toArray(UUID[]::new))
        .query(StepRows::id)
        .list();
  }

  /** Withdraws the step of a case, or says that its study arrived. */
  Optional<UUID> settle(UUID caseId, boolean arrived) {
    return sql.sql(
            """
            update reading.scheduled_step
            set withdrawn = withdrawn or not :arrived,
                arrived_at = case when :arrived then coalesce(arrived_at, clock_timestamp())
                                  else arrived_at end
            where request_case_id = :case
            returning id
            """)
        .param("case", caseId)
        .param("arrived", arrived)
        .query(UUID.class)
        .optional();
  }

  /** Says to which case the study of an order's steps came. */
  List<UUID> arrived(UUID orderId, UUID caseId) {
    return sql.sql(
            """
            update reading.scheduled_step
            set arrived_at = coalesce(arrived_at, clock_timestamp()), case_id = :case
            where order_id = :order
            returning id
            """)
        .param("order", orderId)
        .param("case", caseId)
        .query(StepRows::id)
        .list();
  }

  void lock(Collection<UUID> steps) {
    sql.sql(LOCK).param("ids", steps.toArray(UUID[]::new)).query(StepRows::id).list();
  }

  /** Works out where locked steps stand; sees what was committed before the lock was got. */
  void refresh(Collection<UUID> steps) {
    sql.sql(REFRESH).param("ids", steps.toArray(UUID[]::new)).update();
  }

  /** The stations of a site that ask for worklists. */
  List<String> stations(UUID siteId) {
    return sql.sql(
            """
            select ae_title from reading.ae_title
            where site_id = ? and 'WORKLIST' = any(rights) order by ae_title
            """)
        .param(siteId)
        .query((row, n) -> row.getString(1))
        .list();
  }

  List<Row> page(Narrowing narrowing, Position after, List<String> stations, int limit) {
    DateRange dates = narrowing.dates();
    return sql.sql(PAGE)
        .param("site", narrowing.siteId())
        .param("states", narrowing.states().toArray(String[]::new))
        .param("from", dates == null ? null : dates.from(), Types.DATE)
        .param("to", dates == null ? null : dates.to(), Types.DATE)
        .param("today", narrowing.today())
        .param("afterDate", after.date())
        .param("afterTime", after.time())
        .param("afterId", after.id())
        .param("limit", limit)
        .query((row, n) -> row(row, stations, narrowing.today()))
        .list();
  }

  static UUID id(ResultSet row, int number) throws SQLException {
    return row.getObject(1, UUID.class);
  }

  private static Row row(ResultSet row, List<String> stations, LocalDate today)
      throws SQLException {
    var position =
        new Position(
            row.getObject("start_date", LocalDate.class),
            row.getObject("start_time", LocalTime.class),
            row.getObject("id", UUID.class));
    boolean overdue =
        !row.getBoolean("appointment")
            && row.getString("state").equals("SCHEDULED")
            && position.date().isBefore(today);
    Dataset item = DicomJson.read(row.getString("item"));
    Dataset known = item.item(Tag.ScheduledProcedureStepSequence).orElseThrow();
    var step =
        known.toBuilder()
            .date(Tag.ScheduledProcedureStepStartDate, overdue ? today : position.date())
            .time(
                Tag.ScheduledProcedureStepStartTime,
                new DicomTime(
                    overdue ? LocalTime.MIDNIGHT : position.time(), TemporalPrecision.SECOND))
            .string(Tag.ScheduledProcedureStepID, row.getString("scheduled_procedure_step_id"))
            .string(Tag.ScheduledProcedureStepStatus, row.getString("state"));
    if (known.strings(Tag.ScheduledStationAETitle).isEmpty()) {
      step.text(Tag.ScheduledStationAETitle, Vr.AE, stations.toArray(String[]::new));
    }
    return new Row(
        position,
        item.toBuilder()
            .string(Tag.StudyInstanceUID, row.getString("study_instance_uid"))
            .string(Tag.AccessionNumber, row.getString("accession_number"))
            .element(SequenceElement.of(Tag.ScheduledProcedureStepSequence, List.of(step.build())))
            .build());
  }
}
