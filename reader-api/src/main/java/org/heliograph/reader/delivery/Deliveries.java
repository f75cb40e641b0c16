package org.heliograph.reader.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * {@code reading.delivery}: what lies in whose inbox. Each query joins {@code
 * reading.visible_case}; of several deliveries of a case only the newest is shown.
 */
@Component
class Deliveries {
  private static final String INBOX =
      """
      select d.id, d.case_id, d.delivered_at, d.read_at, d.acknowledged_at, d.comment
      from reading.delivery d
      join reading.visible_case(:person) v on v.case_id = d.case_id
      where (d.referrer_id = :person or (d.referrer_id is null and d.site_id = :site))
        and not exists (select 1 from reading.delivery later
                        where later.case_id = d.case_id and later.delivered_at > d.delivered_at)
      """;

  private final JdbcClient sql;

  Deliveries(JdbcClient sql) {
    this.sql = sql;
  }

  /** A line of an inbox. */
  record Delivery(
      UUID id,
      CaseId caseId,
      Instant deliveredAt,
      @Nullable Instant readAt,
      @Nullable Instant acknowledgedAt,
      String comment) {
    @Override
    public String toString() {
      return "Delivery[" + id + "]";
    }
  }

  UUID add(CaseFile file, UUID issueId) {
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            insert into reading.delivery
              (id, case_id, issue_id, referrer_id, site_id, delivered_at)
            values (?, ?, ?, ?, ?, clock_timestamp())
            """)
        .param(id)
        .param(file.id().value())
        .param(issueId)
        .param(file.request().referrerId())
        .param(file.siteId())
        .update();
    return id;
  }

  /** The newest first, from after a delivery on. */
  List<Delivery> inbox(Person person, @Nullable Instant before, @Nullable UUID after, int rows) {
    var parameters = of(person);
    parameters.put(
        "before", before == null ? null : OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
    parameters.put("after", after);
    parameters.put("rows", rows);
    return sql.sql(
            INBOX
                + """
                  and (:before::timestamptz is null
                       or (d.delivered_at, d.id) < (:before::timestamptz, :after::uuid))
                order by d.delivered_at desc, d.id desc
                limit :rows
                """)
        .params(parameters)
        .query(Deliveries::row)
        .list();
  }

  /** One that lies in the person's inbox. */
  Optional<Delivery> find(Person person, UUID id) {
    var parameters = of(person);
    parameters.put("id", id);
    return sql.sql(INBOX + " and d.id = :id").params(parameters).query(Deliveries::row).optional();
  }

  /** Keeps the first time the report was opened. */
  void markRead(UUID id) {
    sql.sql(
            """
            update reading.delivery set read_at = clock_timestamp()
            where id = ? and read_at is null
            """)
        .param(id)
        .update();
  }

  /** False if it was acknowledged before. */
  boolean acknowledge(UUID id, Person person, String comment) {
    return sql.sql(
                """
                update reading.delivery
                set acknowledged_at = clock_timestamp(), acknowledged_by = ?, comment = ?,
                    read_at = coalesce(read_at, clock_timestamp())
                where id = ? and acknowledged_at is null
                """)
            .params(person.id(), comment, id)
            .update()
        == 1;
  }

  private static Map<String, @Nullable Object> of(Person person) {
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("person", person.id());
    parameters.put("site", person.siteId() == null ? new UUID(0, 0) : person.siteId());
    return parameters;
  }

  private static Delivery row(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getObject("id", UUID.class),
        new CaseId(row.getObject("case_id", UUID.class)),
        row.getObject("delivered_at", OffsetDateTime.class).toInstant(),
        instant(row, "read_at"),
        instant(row, "acknowledged_at"),
        row.getString("comment"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
