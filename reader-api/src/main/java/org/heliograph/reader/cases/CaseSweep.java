package org.heliograph.reader.cases;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Moves cases on whose quiet period has passed. The due times are in the database. */
@Component
class CaseSweep {
  private static final Logger log = LoggerFactory.getLogger(CaseSweep.class);

  private final CaseReadiness readiness;

  CaseSweep(CaseReadiness readiness) {
    this.readiness = readiness;
  }

  @Scheduled(fixedDelayString = "${heliograph.cases.sweep:5s}", initialDelayString = "1s")
  void sweep() {
    try {
      readiness.settleDue();
    } catch (DataAccessException e) {
      log.warn("event=cases.sweep.failed fault={}", e.getClass().getSimpleName());
    }
  }
}
