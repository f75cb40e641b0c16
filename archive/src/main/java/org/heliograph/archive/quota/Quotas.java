package org.heliograph.archive.quota;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Quotas of sites, and how much of them is used. */
public final class Quotas {
  private static final String USAGE =
      """
      with used as (
        select site_id, sum(byte_count) as bytes, sum(instance_count) as instances
        from (
          select site_id, byte_count, instance_count from archive.site_usage
          union all
          select site_id, byte_count, instance_count from archive.site_usage_change) u
        group by site_id)
      select coalesce(u.site_id, q.site_id) as site_id, coalesce(u.bytes, 0) as bytes,
        coalesce(u.instances, 0) as instances, q.byte_limit, q.mode
      from used u full join archive.site_quota q on q.site_id = u.site_id
      order by 1
      """;

  private static final String SUM_UP =
      """
      with taken as (
        delete from archive.site_usage_change c
        where c.id in (
          select id from archive.site_usage_change order by id limit 10000
          for update skip locked)
        returning site_id, byte_count, instance_count)
      insert into archive.site_usage as u (site_id, byte_count, instance_count)
      select site_id, sum(byte_count), sum(instance_count) from taken group by site_id
      order by site_id
      on conflict (site_id) do update
        set byte_count = u.byte_count + excluded.byte_count,
            instance_count = u.instance_count + excluded.instance_count
      """;

  private static final String SET =
      """
      insert into archive.site_quota (site_id, byte_limit, mode, set_at)
      values (:site, :limit, :mode, :now)
      on conflict (site_id) do update
        set byte_limit = excluded.byte_limit, mode = excluded.mode, set_at = excluded.set_at
      """;

  private static final String WARN =
      """
      with warned as (
        update archive.site_quota set warned = :threshold
        where site_id = :site and warned <> :threshold
        returning site_id)
      insert into archive.alert (kind, site_id, raised_at)
      select :kind, site_id, :now from warned where :rising
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  public Quotas(DataSource dataSource, InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.clock = clock;
  }

  /** All sites that use or may use something. */
  public List<SiteUsage> usage() {
    return jdbc.sql(USAGE).query(Quotas::row).list();
  }

  /** Sets a site's quota; new instances are judged by it within seconds. */
  public void set(UUID siteId, long byteLimit, QuotaMode mode) {
    jdbc.sql(SET)
        .param("site", siteId)
        .param("limit", byteLimit)
        .param("mode", mode.name())
        .param("now", now())
        .update();
  }

  /** Lets a site use what there is; whether it had a quota. */
  public boolean remove(UUID siteId) {
    return jdbc.sql("delete from archive.site_quota where site_id = :site")
            .param("site", siteId)
            .update()
        == 1;
  }

  /** Sums up what ingest and removal noted, and raises an alert when a site reaches a threshold. */
  public void keep() {
    transaction.executeWithoutResult(_ -> jdbc.sql(SUM_UP).update());
    Map<UUID, Integer> warned = new HashMap<>();
    jdbc.sql("select site_id, warned from archive.site_quota")
        .query(row -> {
          warned.put(row.getObject(1, UUID.class), row.getInt(2));
        });
    for (SiteUsage site : usage()) {
      Integer before = warned.get(site.siteId());
      if (before != null && before != site.threshold()) {
        jdbc.sql(WARN)
            .param("threshold", site.threshold())
            .param("site", site.siteId())
            .param("kind", "QUOTA_" + site.threshold())
            .param("rising", site.threshold() > before)
            .param("now", now())
            .update();
      }
    }
  }

  private OffsetDateTime now() {
    Instant now = clock.instant();
    return OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
  }

  private static SiteUsage row(ResultSet row, int index) throws SQLException {
    long limit = row.getLong("byte_limit");
    Long byteLimit = row.wasNull() ? null : Long.valueOf(limit);
    String mode = row.getString("mode");
    return new SiteUsage(
        row.getObject("site_id", UUID.class),
        row.getLong("bytes"),
        row.getLong("instances"),
        byteLimit,
        mode == null ? null : QuotaMode.valueOf(mode));
  }
}
