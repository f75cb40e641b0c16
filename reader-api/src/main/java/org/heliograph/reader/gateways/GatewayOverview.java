package org.heliograph.reader.gateways;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.node.link.GatewayStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How gateways are and what they have under way; nothing of patients but the numbers of cases. */
@Component
public class GatewayOverview {
  private static final int PARCELS_SHOWN = 50;
  private static final String ALL =
      """
      select g.id, g.name, g.software, g.enrolled_at, g.switched_off_at, s.id as site_id,
             s.code as site_code, s.name as site_name, k.at, k.status::text as status, k.status_at,
             g.switched_off_at is null
               and coalesce(k.at, g.enrolled_at)
                   < clock_timestamp() - make_interval(secs => :silent) as silent
      from reading.gateway g
      join reading.site s on s.id = g.site_id
      left join reading.gateway_contact k on k.gateway_id = g.id
      order by s.code, lower(g.name), g.enrolled_at
      """;
  private static final String PARCELS =
      """
      select p.id, p.urgency, p.declared_at, p.total_bytes, p.object_count, p.released_at,
             a.received, a.parked, o.stored,
             array(select distinct c.number from reading.parcel_study ps
                   join reading.case_file c on c.id = ps.case_id
                   where ps.parcel_id = p.id order by c.number) as cases
      from reading.parcel p
      cross join lateral (
        select coalesce(sum(case t.state when 'ARRIVING' then t.verified_bytes
                                         else t.length_bytes end), 0) as received,
               count(*) filter (where t.state = 'PARKED') as parked
        from reading.parcel_part t where t.parcel_id = p.id) a
      cross join lateral (
        select count(*) as stored from reading.parcel_object o
        where o.parcel_id = p.id and o.outcome is not null) o
      where p.gateway_id = :gateway and p.completed_at is null
      order by p.declared_at desc limit :most
      """;

  private final JdbcClient sql;
  private final double silentSeconds;

  @Autowired
  GatewayOverview(JdbcClient sql, GatewaySettings settings) {
    this(sql, settings.silent());
  }

  private GatewayOverview(JdbcClient sql, Duration silent) {
    this.sql = sql;
    this.silentSeconds = silent.toSeconds();
  }

  /** For commands that run without the hub's parts. */
  public static GatewayOverview over(DataSource database) {
    return new GatewayOverview(JdbcClient.create(database), Duration.ofMinutes(15));
  }

  /** A gateway (JSON). */
  public record View(
      UUID id,
      String name,
      SiteRef site,
      String software,
      Instant enrolledAt,
      @Nullable Instant switchedOffAt,
      @Nullable Instant lastContactAt,
      @Nullable Instant silentSince,
      @Nullable StatusView status,
      List<ParcelView> parcels) {
    public View {
      parcels = List.copyOf(parcels);
    }
  }

  /** Its site. */
  public record SiteRef(UUID id, String code, String name) {}

  /** What it said of itself last, and when. */
  public record StatusView(
      @Nullable Instant at,
      String software,
      Instant startedAt,
      long waitingInstances,
      long waitingBytes,
      long oldestWaitingSeconds,
      long parked,
      long diskFreeBytes,
      long diskUsedBytes,
      @Nullable Long bytesPerSecond) {}

  /** A parcel that is not complete yet. */
  public record ParcelView(
      UUID id,
      String urgency,
      Instant declaredAt,
      long receivedBytes,
      long totalBytes,
      long storedInstances,
      long totalInstances,
      long parkedParts,
      boolean released,
      List<String> caseNumbers) {
    public ParcelView {
      caseNumbers = List.copyOf(caseNumbers);
    }
  }

  /** All of them, by site and name. */
  public List<View> all() {
    return sql.sql(ALL).param("silent", silentSeconds).query(this::view).list();
  }

  /** Has parts unpacked again that were left to a person; how many. */
  @Transactional
  public int retry(UUID gateway) {
    return sql.sql(
            """
            update reading.parcel_part p
            set state = 'WHOLE', attempt = 0, due_at = clock_timestamp()
            from reading.parcel c
            where c.id = p.parcel_id and c.gateway_id = ? and p.state = 'PARKED'
            """)
        .param(gateway)
        .update();
  }

  private View view(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    Instant contact = instant(row, "at");
    Instant enrolled = row.getObject("enrolled_at", OffsetDateTime.class).toInstant();
    return new View(
        id,
        row.getString("name"),
        new SiteRef(
            row.getObject("site_id", UUID.class),
            row.getString("site_code"),
            row.getString("site_name")),
        row.getString("software"),
        enrolled,
        instant(row, "switched_off_at"),
        contact,
        row.getBoolean("silent") ? (contact == null ? enrolled : contact) : null,
        status(row),
        parcels(id));
  }

  private List<ParcelView> parcels(UUID gateway) {
    return sql.sql(PARCELS)
        .param("gateway", gateway)
        .param("most", PARCELS_SHOWN)
        .query((row, n) ->
            new ParcelView(
                row.getObject("id", UUID.class),
                row.getString("urgency"),
                row.getObject("declared_at", OffsetDateTime.class).toInstant(),
                row.getLong("received"),
                row.getLong("total_bytes"),
                row.getLong("stored"),
                row.getLong("object_count"),
                row.getLong("parked"),
                row.getObject("released_at") != null,
                List.of((String[]) row.getArray("cases").getArray())))
        .list();
  }

  private static @Nullable StatusView status(ResultSet row) throws SQLException {
    String json = row.getString("status");
    if (json == null) {
      return null;
    }
    GatewayStatus said = LinkJson.mapper().readValue(json, GatewayStatus.class);
    return new StatusView(
        instant(row, "status_at"),
        said.software(),
        said.startedAt(),
        said.waitingInstances(),
        said.waitingBytes(),
        said.oldestWaitingSeconds(),
        said.parked(),
        said.diskFreeBytes(),
        said.diskUsedBytes(),
        said.bytesPerSecond());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
