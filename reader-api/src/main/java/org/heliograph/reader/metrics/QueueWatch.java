package org.heliograph.reader.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks now and then how long the oldest of each queue waits: metrics {@code heliograph.queue.*},
 * and an alarm where it waits too long, which is a row of {@code reading.queue_alarm}, a log line,
 * a metric and a word of {@code /api/health}. It ends by itself.
 */
@Component
public class QueueWatch {
  private static final Logger log = LoggerFactory.getLogger(QueueWatch.class);

  /** What a queue was like when it was asked last; NaN before that, or if the database is away. */
  private static final class Reading {
    volatile double count = Double.NaN;
    volatile double oldestSeconds = Double.NaN;
    volatile boolean alarm;
  }

  private final JdbcClient sql;
  private final AlarmRows alarms;
  private final List<Queue> queues;
  private final Map<String, Reading> readings = new LinkedHashMap<>();

  QueueWatch(JdbcClient sql, AlarmRows alarms, AlarmSettings settings, MeterRegistry registry) {
    this.sql = sql;
    this.alarms = alarms;
    this.queues = Queue.all(settings);
    for (Queue queue : queues) {
      var reading = new Reading();
      readings.put(queue.name(), reading);
      gauge("heliograph.queue.size", "How many wait", queue, registry, () -> reading.count);
      gauge(
          "heliograph.queue.oldest.seconds",
          "How long the oldest waits",
          queue,
          registry,
          () -> reading.oldestSeconds);
      gauge(
          "heliograph.queue.alarm",
          "1 while the oldest waits too long",
          queue,
          registry,
          () -> reading.alarm ? 1 : 0);
    }
  }

  private static void gauge(
      String name,
      String description,
      Queue queue,
      MeterRegistry registry,
      java.util.function.Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(description)
        .tag("queue", queue.name())
        .strongReference(true)
        .register(registry);
  }

  /** The queues whose oldest waits too long, as far as was asked last. */
  public List<String> alarms() {
    return readings.entrySet().stream()
        .filter(entry -> entry.getValue().alarm)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Scheduled(fixedDelayString = "${heliograph.alarm.every:15s}", initialDelayString = "1s")
  void look() {
    for (Queue queue : queues) {
      Reading reading = java.util.Objects.requireNonNull(readings.get(queue.name()));
      try {
        look(queue, reading);
      } catch (DataAccessException e) {
        reading.count = Double.NaN;
        reading.oldestSeconds = Double.NaN;
        log.warn(
            "event=queue.unknown queue={} fault={}", queue.name(), e.getClass().getSimpleName());
      }
    }
  }

  private void look(Queue queue, Reading reading) {
    double[] found =
        sql.sql(queue.question())
            .query((row, n) -> new double[] {row.getDouble(1), Math.max(0, row.getDouble(2))})
            .single();
    reading.count = found[0];
    reading.oldestSeconds = found[1];
    boolean late = found[1] > queue.patience().toSeconds();
    if (late && alarms.raise(queue.name(), (long) found[1])) {
      log.error(
          "event=queue.alarm queue={} oldest_seconds={} allowed_seconds={}",
          queue.name(),
          (long) found[1],
          queue.patience().toSeconds());
    } else if (!late && alarms.clear(queue.name())) {
      log.info("event=queue.alarm.over queue={}", queue.name());
    }
    reading.alarm = late;
  }
}
