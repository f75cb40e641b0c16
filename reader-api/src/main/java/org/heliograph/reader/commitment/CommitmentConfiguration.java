package org.heliograph.reader.commitment;

import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.commitment.CommitmentReporter;
import org.heliograph.node.commitment.CommitmentService;
import org.heliograph.node.peer.PeerConnections;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Offers Storage Commitment at the hub's DICOM node, and tells its outcomes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CommitmentSettings.class)
class CommitmentConfiguration {
  @Bean
  CommitmentService storageCommitment(HubLedger ledger) {
    return new CommitmentService(ledger);
  }

  /** Begins when all serves, ends before the database does. */
  @Component
  static final class Reports implements SmartLifecycle {
    private final AeTitle own;
    private final HubLedger ledger;
    private final PeerConnections connections;
    private @Nullable CommitmentReporter reporter;

    Reports(
        HubLedger ledger,
        PeerConnections connections,
        @Value("${heliograph.ae-title}") String aeTitle) {
      this.own = new AeTitle(aeTitle);
      this.ledger = ledger;
      this.connections = connections;
    }

    @Override
    public synchronized void start() {
      reporter = CommitmentReporter.start(own, ledger, connections);
    }

    @Override
    public synchronized void stop() {
      CommitmentReporter running = reporter;
      reporter = null;
      if (running != null) {
        running.close();
      }
    }

    @Override
    public synchronized boolean isRunning() {
      return reporter != null;
    }

    @Scheduled(fixedDelay = 1, timeUnit = java.util.concurrent.TimeUnit.HOURS)
    void forget() {
      ledger.forget();
    }
  }
}
