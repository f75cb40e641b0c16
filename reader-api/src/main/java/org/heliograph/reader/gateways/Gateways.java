package org.heliograph.reader.gateways;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The gateways that have enrolled. */
@Component
public class Gateways {
  static final String COLUMNS =
      "g.id, g.site_id, g.name, g.software, g.enrolled_at, g.switched_off_at";
  private static final String SELECT = "select " + COLUMNS + " from reading.gateway g";

  private static final String HEARD =
      """
      insert into reading.gateway_contact as c (gateway_id, at) values (?, clock_timestamp())
      on conflict (gateway_id) do update set at = excluded.at
      where c.at < excluded.at - interval '2 seconds'
      """;
  private static final String STATUS =
      """
      insert into reading.gateway_contact (gateway_id, at, status, status_at)
      values (:id, clock_timestamp(), :status::jsonb, clock_timestamp())
      on conflict (gateway_id) do update
      set at = excluded.at, status = excluded.status, status_at = excluded.status_at
      """;

  private final JdbcClient sql;

  Gateways(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts. */
  public static Gateways over(DataSource database) {
    return new Gateways(JdbcClient.create(database));
  }

  /** All of them, also those that are switched off, by site and name. */
  public List<Gateway> all() {
    return sql.sql(
            SELECT
                + " join reading.site s on s.id = g.site_id order by s.code, lower(g.name),"
                + " g.enrolled_at")
        .query(Gateways::gateway)
        .list();
  }

  /** The gateway in use of this name; upper and lower case are the same. */
  public Optional<Gateway> byName(String name) {
    return sql.sql(SELECT + " where lower(g.name) = lower(?) and g.switched_off_at is null")
        .param(name)
        .query(Gateways::gateway)
        .optional();
  }

  /** Those in use of a site. */
  List<Gateway> ofSite(UUID siteId) {
    return sql.sql(SELECT + " where g.site_id = ? and g.switched_off_at is null")
        .param(siteId)
        .query(Gateways::gateway)
        .list();
  }

  /** The gateway of a token, in use or not. */
  Optional<Gateway> byToken(String token) {
    return sql.sql(SELECT + " where g.token_hash = ?")
        .param(Secrets.hash(token))
        .query(Gateways::gateway)
        .optional();
  }

  /** Ends a gateway's access with its next request (TR-0504); what it has sent stays. */
  @Transactional
  public Gateway switchOff(UUID id) {
    sql.sql(
            """
            update reading.gateway set switched_off_at = clock_timestamp()
            where id = ? and switched_off_at is null
            """)
        .param(id)
        .update();
    return sql.sql(SELECT + " where g.id = ?")
        .param(id)
        .query(Gateways::gateway)
        .optional()
        .orElseThrow(() -> new ProblemException(ProblemCode.GATEWAY_NAME_UNKNOWN));
  }

  /** Notes that it was heard of, to some seconds. */
  void heard(UUID id) {
    sql.sql(HEARD).param(id).update();
  }

  /** Keeps what it says of itself. */
  void keepStatus(UUID id, String json) {
    sql.sql(STATUS).param("id", id).param("status", json).update();
  }

  /** What the hub sets for it, as a JSON object. */
  public String configuration(UUID id) {
    return sql.sql("select configuration::text from reading.gateway where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  /** Sets one of the values that the hub sets for it; an empty one takes it back. */
  @Transactional
  public void configure(UUID id, String name, String value) {
    if (!name.matches("[a-z][a-zA-Z0-9.-]{0,63}") || value.length() > 1000) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "setting", "a name such as link.cap and at most 1000 letters");
    }
    if (value.isEmpty()) {
      sql.sql("update reading.gateway set configuration = configuration - ? where id = ?")
          .params(name, id)
          .update();
    } else {
      sql.sql(
              """
              update reading.gateway
              set configuration = configuration || jsonb_build_object(?::text, ?::text)
              where id = ?
              """)
          .params(name, value, id)
          .update();
    }
  }

  static Gateway gateway(ResultSet row, int number) throws SQLException {
    OffsetDateTime off = row.getObject("switched_off_at", OffsetDateTime.class);
    return new Gateway(
        row.getObject("id", UUID.class),
        row.getObject("site_id", UUID.class),
        row.getString("name"),
        row.getString("software"),
        row.getObject("enrolled_at", OffsetDateTime.class).toInstant(),
        off == null ? null : off.toInstant());
  }
}
