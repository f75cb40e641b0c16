package org.heliograph.reader.gateways;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.HubMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What gateways are told, durably and in the order of what was committed. Whoever tells something
 * inserts a row in a transaction of its own choice and waits for nobody; the number is given when
 * the gateway asks. What a gateway acknowledges is forgotten.
 */
@Component
public class Outbox {
  static final int MOST_MESSAGES = 100;
  static final int MOST_BYTES = 256 * 1024;

  private static final String ADD =
      "insert into reading.gateway_message (gateway_id, body) values (?, ?::jsonb)";
  private static final String ACKNOWLEDGE =
      """
      update reading.gateway_outbox
      set acknowledged = greatest(acknowledged, least(:after, last_sequence))
      where gateway_id = :gateway returning acknowledged
      """;
  private static final String FORGET =
      "delete from reading.gateway_message where gateway_id = :gateway and sequence <= :after";
  private static final String ANY =
      """
      select exists (select 1 from reading.gateway_message
                     where gateway_id = ? and (sequence is null or sequence > ?))
      """;
  private static final String NUMBER =
      """
      with fresh as (
        select id, row_number() over (order by id) as place
        from reading.gateway_message
        where gateway_id = :gateway and sequence is null
        order by id limit :most),
      numbered as (
        update reading.gateway_message m set sequence = o.last_sequence + fresh.place
        from fresh, reading.gateway_outbox o
        where m.id = fresh.id and o.gateway_id = :gateway
        returning m.sequence)
      update reading.gateway_outbox o
      set last_sequence = greatest(o.last_sequence, (select max(sequence) from numbered))
      where o.gateway_id = :gateway and exists (select 1 from numbered)
      """;
  private static final String READ =
      """
      select sequence, body::text as body from reading.gateway_message
      where gateway_id = :gateway and sequence > :after
      order by sequence limit :most
      """;

  private final JdbcClient sql;

  Outbox(JdbcClient sql) {
    this.sql = sql;
  }

  /** Tells a gateway something, when the caller's transaction commits; its number is not read. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(UUID gateway, HubMessage message) {
    sql.sql(ADD)
        .params(gateway, LinkJson.mapper().writerFor(HubMessage.class).writeValueAsString(message))
        .update();
  }

  /** Forgets what the gateway has durably, up to a number. */
  @Transactional
  void acknowledge(UUID gateway, long after) {
    sql.sql(ACKNOWLEDGE).param("gateway", gateway).param("after", after).query(Long.class).single();
    sql.sql(FORGET).param("gateway", gateway).param("after", after).update();
  }

  /** The next messages after a number, as JSON; empty if there are none. */
  @Transactional
  List<ObjectNode> after(UUID gateway, long after) {
    if (!sql.sql(ANY).params(gateway, after).query(Boolean.class).single()) {
      return List.of();
    }
    sql.sql("select 1 from reading.gateway_outbox where gateway_id = ? for update")
        .param(gateway)
        .query(Integer.class)
        .single();
    sql.sql(NUMBER).param("gateway", gateway).param("most", MOST_MESSAGES).update();
    var rows =
        sql.sql(READ)
            .param("gateway", gateway)
            .param("after", after)
            .param("most", MOST_MESSAGES)
            .query((row, n) -> new Row(row.getLong("sequence"), row.getString("body")))
            .list();
    List<ObjectNode> messages = new ArrayList<>();
    long bytes = 0;
    for (Row row : rows) {
      bytes += row.body().length();
      if (bytes > MOST_BYTES && !messages.isEmpty()) {
        break;
      }
      ObjectNode message = (ObjectNode) LinkJson.mapper().readTree(row.body());
      message.put("sequence", row.sequence());
      messages.add(message);
    }
    return messages;
  }

  private record Row(long sequence, String body) {
    @Override
    public String toString() {
      return "Row[" + sequence + "]";
    }
  }
}
