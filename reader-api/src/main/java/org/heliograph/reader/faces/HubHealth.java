package org.heliograph.reader.faces;

import java.util.Map;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/health}: whether the hub serves; for balancers and scripts, without details. A
 * store of images that is away is told, and takes nothing from what else the hub can do.
 */
@RestController
class HubHealth {
  private final JdbcClient sql;

  private final StoreProbe store;

  HubHealth(JdbcClient sql, StoreProbe store) {
    this.sql = sql;
    this.store = store;
  }

  @GetMapping("/api/health")
  ResponseEntity<Map<String, String>> health() {
    try {
      sql.sql("select 1").query(Integer.class).single();
    } catch (DataAccessException e) {
      throw new ProblemException(ProblemCode.BUSY, e, "the database");
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(Map.of("status", "UP", "store", store.serves() ? "UP" : "AWAY"));
  }
}
