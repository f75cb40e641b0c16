package org.heliograph.reader.retention;

import java.util.List;
import java.util.UUID;
import org.heliograph.archive.retention.Retention;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseMismatch;
import org.heliograph.reader.cases.Cases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what was ordered: makes reject notes, removes what is due, and looks which studies' time is
 * over. Several hubs may do so at once.
 */
@Component
class RetentionWorker {
  private static final Logger log = LoggerFactory.getLogger(RetentionWorker.class);
  private static final String TAKE_RECHECKS =
      """
      delete from reading.patient_recheck where study_instance_uid in (
        select study_instance_uid from reading.patient_recheck
        order by study_instance_uid limit 100 for update skip locked)
      returning study_instance_uid
      """;
  private static final String CASES =
      """
      select distinct case_id from reading.case_study
      where study_instance_uid = any(:studies) order by case_id
      """;

  private final Retention retention;
  private final Cases cases;
  private final CaseMismatch mismatch;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;

  RetentionWorker(
      Retention retention,
      Cases cases,
      CaseMismatch mismatch,
      JdbcClient sql,
      TransactionTemplate transaction) {
    this.retention = retention;
    this.cases = cases;
    this.mismatch = mismatch;
    this.sql = sql;
    this.transaction = transaction;
  }

  @Scheduled(fixedDelayString = "${heliograph.retention.work:5s}", initialDelayString = "3s")
  void work() {
    try {
      recheck();
      retention.work();
    } catch (DataAccessException | TransactionException e) {
      log.warn("event=retention.failed fault={}", e.getClass().getSimpleName());
    }
  }

  @Scheduled(fixedDelayString = "${heliograph.retention.expire:1h}", initialDelayString = "5m")
  void expire() {
    try {
      int ordered = retention.expire();
      if (ordered > 0) {
        log.info("event=retention.expired studies={}", ordered);
      }
    } catch (DataAccessException | TransactionException e) {
      log.warn("event=retention.failed fault={}", e.getClass().getSimpleName());
    }
  }

  /** Compares requests with corrected patients. */
  private void recheck() {
    transaction.executeWithoutResult(_ -> {
      List<String> studies = sql.sql(TAKE_RECHECKS).query((row, _) -> row.getString(1)).list();
      if (!studies.isEmpty()) {
        sql.sql(CASES)
            .param("studies", studies.toArray(String[]::new))
            .query((row, _) -> new CaseId(row.getObject(1, UUID.class)))
            .list()
            .forEach(id -> mismatch.check(cases.lock(id)));
      }
    });
  }
}
