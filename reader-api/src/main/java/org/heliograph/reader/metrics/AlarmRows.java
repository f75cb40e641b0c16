package org.heliograph.reader.metrics;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code reading.queue_alarm}: at most one open alarm of a queue, whichever process saw it. */
@Component
class AlarmRows {
  private final JdbcClient sql;

  AlarmRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** True if this is news. */
  boolean raise(String queue, long oldestSeconds) {
    return sql.sql(
                """
                insert into reading.queue_alarm (queue, oldest_seconds) values (?, ?)
                on conflict (queue) where cleared_at is null do nothing
                """)
            .params(queue, oldestSeconds)
            .update()
        > 0;
  }

  /** True if there was one. */
  boolean clear(String queue) {
    return sql.sql(
                """
                update reading.queue_alarm set cleared_at = clock_timestamp()
                where queue = ? and cleared_at is null
                """)
            .param(queue)
            .update()
        > 0;
  }
}
