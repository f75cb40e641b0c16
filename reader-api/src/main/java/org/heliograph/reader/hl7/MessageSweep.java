package org.heliograph.reader.hl7;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets messages that no sender repeats any more, and letters settled long ago. */
@Component
class MessageSweep {
  private static final Logger log = LoggerFactory.getLogger(MessageSweep.class);

  private final JdbcClient sql;

  MessageSweep(JdbcClient sql) {
    this.sql = sql;
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
  void sweep() {
    try {
      sql.sql(
              "delete from reading.hl7_message where applied_at < clock_timestamp() - interval '90"
                  + " days'")
          .update();
      sql.sql(
              """
              delete from reading.hl7_dead_letter
              where state <> 'OPEN' and updated_at < clock_timestamp() - interval '90 days'
              """)
          .update();
    } catch (DataAccessException e) {
      log.warn("event=hl7.sweep.failed fault={}", e.getClass().getSimpleName());
    }
  }
}
