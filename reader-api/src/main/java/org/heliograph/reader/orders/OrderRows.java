package org.heliograph.reader.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.Uid;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders in {@code reading.imaging_order}. */
final class OrderRows {
  private static final String COLUMNS =
      """
      select id, site_id, placer_order_number, filler_order_number, accession_number,
             study_instance_uid, requested_procedure_id, cancelled, priority, patient_family_name,
             patient_given_name, patient_id, issuer_of_patient_id, patient_birth_date, patient_sex,
             question, history
      from reading.imaging_order
      """;
  private static final String BY_NUMBERS =
      COLUMNS
          + """
          where site_id = :site
            and ((:placer <> '' and placer_order_number = :placer)
                 or (:filler <> '' and filler_order_number = :filler
                     and (:placer = '' or placer_order_number = '')))
          """;
  private static final String INSERT =
      """
      insert into reading.imaging_order (
        id, site_id, placer_order_number, filler_order_number, accession_number,
        study_instance_uid, requested_procedure_id, priority, patient_family_name,
        patient_given_name, patient_id, issuer_of_patient_id, patient_birth_date, patient_sex,
        question, history, created_at, updated_at)
      values (:id, :site, :placer, :filler, :accession, :study,
        coalesce(:procedure, 'R' || lpad(nextval('reading.order_number_seq')::text, 9, '0')),
        :priority, :family, :given, :patient, :issuer, :birth, :sex, :question, :history,
        clock_timestamp(), clock_timestamp())
      """;
  private static final String UPDATE =
      """
      update reading.imaging_order set
        placer_order_number = case when :placer = '' then placer_order_number else :placer end,
        filler_order_number = case when :filler = '' then filler_order_number else :filler end,
        accession_number = case when :accession = '' then accession_number else :accession end,
        study_instance_uid = :study,
        requested_procedure_id = coalesce(:procedure, requested_procedure_id),
        cancelled = false, priority = :priority, patient_family_name = :family,
        patient_given_name = :given, patient_id = :patient, issuer_of_patient_id = :issuer,
        patient_birth_date = :birth, patient_sex = :sex, question = :question, history = :history,
        updated_at = clock_timestamp()
      where id = :id
      """;

  private final JdbcClient sql;

  OrderRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** An order as it is kept. Prints nothing of its content. */
  record Order(
      UUID id,
      UUID siteId,
      String accessionNumber,
      String studyInstanceUid,
      String requestedProcedureId,
      boolean cancelled,
      String priority,
      String familyName,
      String givenName,
      String patientId,
      String issuer,
      @org.jspecify.annotations.Nullable LocalDate birthDate,
      String sex,
      String question,
      String history) {
    @Override
    public String toString() {
      return "Order[" + id + "]";
    }
  }

  /** One writer of a site's orders at a time, until the transaction ends. */
  void lockOrdersOf(UUID siteId) {
    sql.sql("select pg_advisory_xact_lock(hashtextextended(?, 43))")
        .param(siteId.toString())
        .query((row, n) -> true)
        .single();
  }

  Optional<Order> find(UUID siteId, OrderedProcedure.OrderNumbers numbers) {
    return sql.sql(BY_NUMBERS)
        .param("site", siteId)
        .param("placer", numbers.placer())
        .param("filler", numbers.filler())
        .query(OrderRows::order)
        .optional();
  }

  Optional<Order> byId(UUID id) {
    return sql.sql(COLUMNS + " where id = ?").param(id).query(OrderRows::order).optional();
  }

  /** Writes a new order and returns it; its study gets a UID unless the order brings one. */
  Order insert(UUID siteId, OrderedProcedure order) {
    UUID id = UUID.randomUUID();
    String given = order.studyInstanceUid();
    bind(sql.sql(INSERT), order)
        .param("id", id)
        .param("site", siteId)
        .param("study", given == null ? Uid.create().value() : given)
        .update();
    return byId(id).orElseThrow();
  }

  /** Writes over an order; numbers and UIDs that are not named again stay. */
  Order update(Order before, OrderedProcedure order) {
    String given = order.studyInstanceUid();
    bind(sql.sql(UPDATE), order)
        .param("id", before.id())
        .param("study", given == null ? before.studyInstanceUid() : given)
        .update();
    return byId(before.id()).orElseThrow();
  }

  void cancel(UUID id) {
    sql.sql(
            """
            update reading.imaging_order set cancelled = true, updated_at = clock_timestamp()
            where id = ?
            """)
        .param(id)
        .update();
  }

  /** Whether all that the order asks for has been done. */
  boolean isDone(UUID id) {
    return sql.sql(
            """
            select exists (select 1 from reading.scheduled_step where order_id = :id
                           and state = 'COMPLETED')
              and not exists (select 1 from reading.scheduled_step where order_id = :id
                              and state in ('SCHEDULED', 'STARTED'))
            """)
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  private static JdbcClient.StatementSpec bind(
      JdbcClient.StatementSpec statement, OrderedProcedure order) {
    OrderedPatient patient = order.patient();
    PersonName name = patient.name();
    PersonName.Group group =
        name.alphabetic().isEmpty()
            ? name.ideographic().isEmpty() ? name.phonetic() : name.ideographic()
            : name.alphabetic();
    String procedure = order.requestedProcedureId();
    return statement
        .param("placer", order.numbers().placer())
        .param("filler", order.numbers().filler())
        .param("accession", order.accessionNumber())
        .param("procedure", procedure.isEmpty() ? null : procedure, java.sql.Types.VARCHAR)
        .param("priority", order.priority())
        .param("family", group.familyName())
        .param("given", group.givenName())
        .param("patient", patient.id())
        .param("issuer", patient.issuer())
        .param("birth", patient.birthDate(), java.sql.Types.DATE)
        .param("sex", patient.sex())
        .param("question", order.question())
        .param("history", order.history());
  }

  private static Order order(ResultSet row, int number) throws SQLException {
    return new Order(
        row.getObject("id", UUID.class),
        row.getObject("site_id", UUID.class),
        row.getString("accession_number"),
        row.getString("study_instance_uid"),
        row.getString("requested_procedure_id"),
        row.getBoolean("cancelled"),
        row.getString("priority"),
        row.getString("patient_family_name"),
        row.getString("patient_given_name"),
        row.getString("patient_id"),
        row.getString("issuer_of_patient_id"),
        row.getObject("patient_birth_date", LocalDate.class),
        row.getString("patient_sex"),
        row.getString("question"),
        row.getString("history"));
  }
}
