package org.heliograph.reader.ups;

import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.Cases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the tables of workitems bounded: ended workitems go after 30 days, with a deletion lock
 * after 90; reports that nobody fetched after 7 days, or as soon as a subscriber has {@value
 * #MOST_REPORTS} of them; subscribers that subscribe to nothing after a day. Cases that wait since
 * before there were workitems get theirs.
 */
@Component
class UpsSweep {
  static final int MOST_REPORTS = 20_000;
  private static final Logger log = LoggerFactory.getLogger(UpsSweep.class);
  private static final int BATCH = 200;
  private static final String TOO_MANY =
      """
      with full_queue as (
        select subscriber_id from reading.ups_event group by subscriber_id having count(*) > ?),
      dropped as (
        delete from reading.ups_event e using full_queue f where e.subscriber_id = f.subscriber_id)
      update reading.ups_subscriber u set overflowed = true
      from full_queue f where u.id = f.subscriber_id
      """;
  private static final String OLD_REPORTS =
      """
      with old as (
        delete from reading.ups_event where created_at < clock_timestamp() - interval '7 days'
        returning subscriber_id)
      update reading.ups_subscriber u set overflowed = true
      where u.id in (select subscriber_id from old)
      """;
  private static final String ENDED =
      """
      delete from reading.ups_workitem w
      where w.final_at < clock_timestamp() - interval '30 days'
        and (w.final_at < clock_timestamp() - interval '90 days'
          or not exists (
            select 1 from reading.ups_subscription s
            where s.workitem_id = w.id and s.deletion_lock))
      """;
  private static final String IDLE =
      """
      delete from reading.ups_subscriber u
      where u.global = 'NONE' and u.seen_at < clock_timestamp() - interval '1 day'
        and not exists (
          select 1 from reading.ups_subscription s where s.subscriber_id = u.id)
      """;

  private final JdbcClient sql;
  private final WorkitemRows rows;
  private final CaseWorkitems caseWorkitems;
  private final Cases cases;
  private final Subscribers subscribers;
  private final TransactionTemplate transaction;

  UpsSweep(
      JdbcClient sql,
      WorkitemRows rows,
      CaseWorkitems caseWorkitems,
      Cases cases,
      Subscribers subscribers,
      TransactionTemplate transaction) {
    this.sql = sql;
    this.rows = rows;
    this.caseWorkitems = caseWorkitems;
    this.cases = cases;
    this.subscribers = subscribers;
    this.transaction = transaction;
  }

  @EventListener(ApplicationReadyEvent.class)
  void restarted() {
    guarded("restarted", subscribers::tellRestarted);
  }

  @Scheduled(fixedDelayString = "${heliograph.ups.sweep:60s}", initialDelayString = "2s")
  void sweep() {
    guarded(
        "sweep",
        () -> {
          addMissing();
          sql.sql(TOO_MANY).param(MOST_REPORTS).update();
          sql.sql(OLD_REPORTS).update();
          sql.sql(ENDED).update();
          sql.sql(IDLE).update();
        });
  }

  private static void guarded(String what, Runnable work) {
    try {
      work.run();
    } catch (DataAccessException | TransactionException e) {
      log.warn("event=ups.{}.failed fault={}", what, e.getClass().getSimpleName());
    }
  }

  /** Each in a transaction of its own, so that a reader's is not held up. */
  void addMissing() {
    var missing = rows.casesWithoutWorkitem(BATCH);
    while (!missing.isEmpty()) {
      for (CaseId id : missing) {
        transaction.executeWithoutResult(_ -> caseWorkitems.settle(cases.lock(id)));
      }
      log.info("event=ups.workitems.added cases={}", missing.size());
      missing = missing.size() < BATCH ? java.util.List.of() : rows.casesWithoutWorkitem(BATCH);
    }
  }
}
