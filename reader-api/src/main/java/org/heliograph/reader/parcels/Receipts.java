package org.heliograph.reader.parcels;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.Receipt;
import org.heliograph.reader.gateways.Outbox;
import org.heliograph.reader.gateways.ReceiptKey;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What became of the objects of parcels, and the gateways' signed receipts for them. */
@Component
class Receipts {
  private static final int AT_ONCE = 200;
  private static final String KEEP =
      """
      update reading.parcel_object set outcome = ?, code = ?, stored_at = clock_timestamp()
      where parcel_id = ? and object = ? and outcome is null
      """;
  private static final String OBJECTS =
      """
      select p.gateway_id, p.parcel_uuid, o.object, o.digest, o.outcome, o.stored_at, o.code
      from reading.parcel_object o join reading.parcel p on p.id = o.parcel_id
      where o.parcel_id = :parcel and o.outcome is not null
      """;
  private static final String UNREAD =
      """
      select exists (select 1 from reading.gateway_message m
                     join reading.parcel p on p.gateway_id = m.gateway_id
                     where p.id = ? and m.body ->> 'kind' = 'receipts'
                       and m.body -> 'receipts' -> 0 ->> 'parcel' = p.parcel_uuid::text)
      """;

  private final JdbcClient sql;
  private final JdbcTemplate batch;
  private final ReceiptKey key;
  private final Outbox outbox;

  Receipts(JdbcClient sql, JdbcTemplate batch, ReceiptKey key, Outbox outbox) {
    this.sql = sql;
    this.batch = batch;
    this.key = key;
    this.outbox = outbox;
  }

  /**
   * What became of one object.
   *
   * @param code of the hub's list, where it was refused; empty otherwise
   */
  record Result(String object, Receipt.Outcome outcome, String code) {
    /** UIDs identify a patient's study, so they are not shown. */
    @Override
    public String toString() {
      return "Result[" + outcome + " " + code + "]";
    }
  }

  /** Keeps what became of the objects of a part and tells the gateway. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void write(PartRow part, List<Result> results) {
    List<Object[]> rows = new ArrayList<>();
    for (Result result : results) {
      rows.add(
          new Object[] {result.outcome().name(), result.code(), part.parcel(), result.object()});
    }
    batch.batchUpdate(KEEP, rows);
    tell(
        sql.sql(OBJECTS + " and o.part_number = :part order by o.position")
            .param("parcel", part.parcel())
            .param("part", part.number()));
  }

  /** Tells once more what became of a parcel's objects, unless that is on its way. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void tellAgain(UUID parcel) {
    if (!sql.sql(UNREAD).param(parcel).query(Boolean.class).single()) {
      tell(sql.sql(OBJECTS + " order by o.position").param("parcel", parcel));
    }
  }

  private record Signed(UUID gateway, Receipt receipt) {}

  private void tell(JdbcClient.StatementSpec objects) {
    List<Signed> all =
        objects
            .query((row, n) -> {
              UUID gateway = row.getObject("gateway_id", UUID.class);
              Instant storedAt = row.getObject("stored_at", OffsetDateTime.class).toInstant();
              return new Signed(
                  gateway,
                  key.sign(
                      gateway,
                      row.getObject("parcel_uuid", UUID.class),
                      row.getString("object"),
                      HexFormat.of().formatHex(row.getBytes("digest")),
                      Receipt.Outcome.valueOf(row.getString("outcome")),
                      storedAt,
                      row.getString("code")));
            })
            .list();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<Signed> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      outbox.add(
          some.getFirst().gateway(),
          new HubMessage.Receipts(0, some.stream().map(Signed::receipt).toList()));
    }
  }
}
