package org.heliograph.reader.parcels;

import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.gateways.GatewaySettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whole parts that wait to be unpacked by the hub process that has their files: previews first,
 * then by urgency, then the site that waited longest; nobody waits longer than two minutes for
 * somebody more urgent. A claim is a lease that its holder renews.
 */
@Component
class PartQueue {
  static final int MOST_ATTEMPTS = 12;

  private static final String CLAIM =
      """
      with next as (
        select p.parcel_id, p.number, c.site_id
        from reading.parcel_part p
        join reading.parcel c on c.id = p.parcel_id
        left join reading.parcel_turn t on t.site_id = c.site_id
        where p.state = 'WHOLE' and p.keeper = :hub and p.due_at <= clock_timestamp()
          and (p.claimed_until is null or p.claimed_until <= clock_timestamp())
        order by p.due_at > clock_timestamp() - interval '2 minutes',
          p.kind <> 'PREVIEWS',
          case c.urgency when 'EMERGENCY' then 0 when 'URGENT' then 1 else 2 end,
          coalesce(t.taken_at, '-infinity'), p.due_at
        limit 1
        for update of p skip locked),
      turn as (
        insert into reading.parcel_turn (site_id, taken_at)
        select site_id, clock_timestamp() from next
        on conflict (site_id) do update set taken_at = excluded.taken_at)
      update reading.parcel_part p
      set claimed_until = clock_timestamp() + make_interval(secs => :lease), attempt = p.attempt + 1
      from next where p.parcel_id = next.parcel_id and p.number = next.number
      returning p.parcel_id, p.number
      """;
  private static final String RENEW =
      """
      update reading.parcel_part
      set claimed_until = clock_timestamp() + make_interval(secs => ?)
      where parcel_id = ? and number = ? and state = 'WHOLE' and attempt = ?
      """;
  private static final String DONE =
      """
      update reading.parcel_part
      set state = 'DONE', claimed_until = null, last_error_code = ''
      where parcel_id = ? and number = ? and state = 'WHOLE' and attempt = ?
      """;
  // Doubles from 2 seconds to 5 minutes, with up to a quarter of jitter.
  private static final String LATER =
      """
      update reading.parcel_part
      set claimed_until = null, last_error_code = :code,
          state = case when :final and attempt >= :most then 'PARKED' else 'WHOLE' end,
          due_at = clock_timestamp()
            + least(300, power(2, least(attempt, 10))) * (1 + random() / 4) * interval '1 second'
      where parcel_id = :parcel and number = :number and state = 'WHOLE' and attempt = :attempt
      """;

  private final JdbcClient sql;
  private final PartRows rows;
  private final UUID hub;
  private final double lease;

  PartQueue(JdbcClient sql, PartRows rows, HubIdentity hub, GatewaySettings settings) {
    this.sql = sql;
    this.rows = rows;
    this.hub = hub.id();
    this.lease = settings.lease().toMillis() / 1000.0;
  }

  /** Lets go of what this data folder's process held when it died: there is never a second one. */
  @Transactional
  public void begin() {
    sql.sql(
            """
            update reading.parcel_part set claimed_until = null, due_at = clock_timestamp()
            where keeper = ? and state = 'WHOLE'
            """)
        .param(hub)
        .update();
  }

  /** Takes the next part; nobody else gets it while the lease is renewed. */
  @Transactional
  public Optional<PartRow> claim() {
    record Key(UUID parcel, int number) {}
    return sql.sql(CLAIM)
        .param("hub", hub)
        .param("lease", lease)
        .query((row, n) -> new Key(row.getObject(1, UUID.class), row.getInt(2)))
        .optional()
        .flatMap(key -> rows.byId(key.parcel(), key.number()));
  }

  void renew(PartRow part) {
    sql.sql(RENEW).params(lease, part.parcel(), part.number(), part.attempt()).update();
  }

  /** In the transaction that keeps what became of the part; false if another took it over. */
  boolean done(PartRow part) {
    return sql.sql(DONE).params(part.parcel(), part.number(), part.attempt()).update() == 1;
  }

  /**
   * Tries again after a while.
   *
   * @param isFinal after {@link #MOST_ATTEMPTS} attempts it is left to a person
   */
  void tryLater(PartRow part, String code, boolean isFinal) {
    sql.sql(LATER)
        .param("code", code)
        .param("final", isFinal)
        .param("most", MOST_ATTEMPTS)
        .param("parcel", part.parcel())
        .param("number", part.number())
        .param("attempt", part.attempt())
        .update();
  }
}
