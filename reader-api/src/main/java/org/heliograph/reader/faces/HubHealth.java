package org.heliograph.reader.faces;

import java.util.Map;
import org.heliograph.reader.metrics.QueueWatch;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/health}: whether the hub serves, with its database brought up to date, and
 * neither starts nor stops; for balancers and scripts, without details. A store of images that is
 * away and queues whose oldest waits too long are told, and take nothing from what else the hub can
 * do.
 */
@RestController
class HubHealth {
  private final JdbcClient sql;

  private final StoreProbe store;
  private final QueueWatch queues;
  private final ApplicationAvailability availability;

  HubHealth(
      JdbcClient sql, StoreProbe store, QueueWatch queues, ApplicationAvailability availability) {
    this.sql = sql;
    this.store = store;
    this.queues = queues;
    this.availability = availability;
  }

  /** Whether the process answers at all: what restarts a hub that does not. */
  @GetMapping("/api/health/live")
  ResponseEntity<Map<String, String>> live() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Map.of("status", "UP"));
  }

  @GetMapping("/api/health")
  ResponseEntity<Map<String, String>> health() {
    if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
      throw new ProblemException(ProblemCode.BUSY, "the hub, which is starting or stopping");
    }
    try {
      sql.sql("select 1").query(Integer.class).single();
    } catch (DataAccessException e) {
      throw new ProblemException(ProblemCode.BUSY, e, "the database");
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            Map.of(
                "status",
                "UP",
                "store",
                store.serves() ? "UP" : "AWAY",
                "queues",
                queues.alarms().isEmpty() ? "ON_TIME" : "LATE"));
  }
}
