package org.heliograph.reader.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Arrival;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes what the archive has stored from its outbox, in the same transaction that files it. What
 * cannot be filed is parked for a person and stops nobody else.
 */
@Component
class ArrivalWorker {
  private static final Logger log = LoggerFactory.getLogger(ArrivalWorker.class);
  private static final int AT_ONCE = 200;
  private static final Set<String> FILED_ALREADY =
      Set.of("upload", "document", "report", "archive");
  private static final String PARK =
      """
      insert into reading.parked_arrival (instance_id, study_id, fault, parked_at)
      values (?, ?, ?, clock_timestamp()) on conflict do nothing
      """;

  private final Archive archive;
  private final ArrivalFiling filing;
  private final JdbcClient sql;

  ArrivalWorker(Archive archive, ArrivalFiling filing, JdbcClient sql) {
    this.archive = archive;
    this.filing = filing;
    this.sql = sql;
  }

  @Scheduled(fixedDelayString = "${heliograph.cases.arrivals:500ms}", initialDelayString = "1s")
  void work() {
    try {
      int taken;
      do {
        taken = archive.arrivals().take(AT_ONCE, this::file);
      } while (taken == AT_ONCE);
    } catch (DataAccessException | TransactionException e) {
      log.warn("event=arrivals.failed fault={}", e.getClass().getSimpleName());
    }
  }

  private void file(List<Arrival> arrivals) {
    var studies =
        arrivals.stream()
            // Photos, documents and reports were put to their case by whoever made them; old
            // studies need
            // none.
            .filter(a -> !FILED_ALREADY.contains(a.origin()))
            .collect(
                Collectors.groupingBy(Arrival::study, LinkedHashMap::new, Collectors.toList()));
    for (var study : studies.values()) {
      try {
        filing.file(study);
        log.info(
            "event=arrival.filed study={} images={}", study.getFirst().studyId(), study.size());
      } catch (TransientDataAccessException e) {
        throw e;
      } catch (RuntimeException e) {
        log.error(
            "event=arrival.parked study={} fault={}",
            study.getFirst().studyId(),
            e.getClass().getSimpleName());
        study.forEach(a -> park(a, e));
      }
    }
  }

  private void park(Arrival arrival, RuntimeException fault) {
    sql.sql(PARK)
        .params(arrival.instanceId(), arrival.studyId(), fault.getClass().getSimpleName())
        .update();
  }
}
