package org.heliograph.reader.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is under way for a case: its parcels that are neither complete nor released. While there is
 * one, a report may be preliminary, not final.
 */
@Component
public class PicturesUnderWay {
  /** The columns that {@link #read} reads, of {@link #JOIN}. */
  static final String COLUMNS =
      """
      , w.parcels, w.gateway, w.received, w.total, w.stored, w.objects, w.previews, w.heard_at,
        w.silent
      """;

  /** For a case row c, and the parameter silent in seconds. */
  static final String JOIN =
      """
      left join lateral (
        select count(*) as parcels, min(g.name) as gateway, sum(a.received) as received,
               sum(p.total_bytes) as total, sum(o.stored) as stored, sum(p.object_count) as objects,
               sum(o.previews) as previews, max(k.at) as heard_at,
               bool_and(coalesce(k.at, p.declared_at)
                        < clock_timestamp() - make_interval(secs => :silent)) as silent
        from (select distinct s.parcel_id from reading.parcel_study s where s.case_id = c.id) i
        join reading.parcel p on p.id = i.parcel_id
        join reading.gateway g on g.id = p.gateway_id
        left join reading.gateway_contact k on k.gateway_id = g.id
        cross join lateral (
          select coalesce(sum(case t.state when 'ARRIVING' then t.verified_bytes
                                           else t.length_bytes end), 0) as received
          from reading.parcel_part t where t.parcel_id = p.id) a
        cross join lateral (
          select (select count(*) from reading.parcel_object b
                  where b.parcel_id = p.id and b.outcome is not null) as stored,
                 (select count(*) from reading.parcel_preview v where v.parcel_id = p.id) as previews
          ) o
        where p.completed_at is null and p.released_at is null) w on true
      """;

  private final JdbcClient sql;
  private final double silentSeconds;

  PicturesUnderWay(JdbcClient sql, @Value("${heliograph.gateways.silent:15m}") Duration silent) {
    this.sql = sql;
    this.silentSeconds = silent.toSeconds();
  }

  /** What is under way for a case; empty if nothing is. */
  public Optional<UnderWay> of(CaseId id) {
    return sql.sql(
            "select c.id" + COLUMNS + " from reading.case_file c " + JOIN + " where c.id = :id")
        .param("id", id.value())
        .params(parameters())
        .query((row, n) -> Optional.ofNullable(read(row)))
        .optional()
        .flatMap(found -> found);
  }

  Map<String, ?> parameters() {
    return Map.of("silent", silentSeconds);
  }

  static @Nullable UnderWay read(ResultSet row) throws SQLException {
    if (row.getLong("parcels") == 0) {
      return null;
    }
    return new UnderWay(
        row.getString("gateway"),
        row.getLong("received"),
        row.getLong("total"),
        row.getLong("stored"),
        row.getLong("objects"),
        row.getLong("previews"),
        CaseRows.nullableInstant(row, "heard_at"),
        row.getBoolean("silent"));
  }
}
