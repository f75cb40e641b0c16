package org.heliograph.reader.worklist;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Brings cases back to the worklist whose lease ran out, even when nobody asks for the next one.
 */
@Component
class LeaseSweep {
  private static final Logger log = LoggerFactory.getLogger(LeaseSweep.class);

  private final Leases leases;

  LeaseSweep(Leases leases) {
    this.leases = leases;
  }

  @Scheduled(fixedDelayString = "${heliograph.cases.sweep:5s}", initialDelayString = "1s")
  void sweep() {
    try {
      int returned = leases.expire();
      if (returned > 0) {
        log.info("event=leases.expired cases={}", returned);
      }
    } catch (DataAccessException e) {
      log.warn("event=leases.sweep.failed fault={}", e.getClass().getSimpleName());
    }
  }
}
