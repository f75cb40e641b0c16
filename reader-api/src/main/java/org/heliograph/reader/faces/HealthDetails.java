package org.heliograph.reader.faces;

import org.heliograph.reader.metrics.QueueWatch;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /actuator/health} tells beside the database; only the operator's port shows it. */
@Configuration
class HealthDetails {
  @Bean
  HealthIndicator storeHealthIndicator(StoreProbe store) {
    return () -> store.serves() ? Health.up().build() : Health.down().build();
  }

  /** Late queues are told by name; the hub serves all the same. */
  @Bean
  HealthIndicator queuesHealthIndicator(QueueWatch queues) {
    return () -> Health.up().withDetail("late", queues.alarms()).build();
  }
}
