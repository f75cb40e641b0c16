package org.heliograph.node.commitment;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.NormalizedScu;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.node.peer.PeerConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what could not be told on the association of its request, each over an association of its
 * own in which we are the SCP (PS3.4 J.3.3, PS3.7 D.3.3.4). Killed anywhere, another one, here or
 * in another process, goes on: a receiver may then hear the same report twice.
 */
public final class CommitmentReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommitmentReporter.class);
  private static final int AT_ONCE = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);
  private static final AssociationTimeouts TIMEOUTS =
      AssociationTimeouts.defaults().withResponse(Duration.ofSeconds(60));

  private final AeTitle own;
  private final CommitmentLedger ledger;
  private final PeerConnections connections;
  private final ExecutorService reports = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Thread work;

  private CommitmentReporter(AeTitle own, CommitmentLedger ledger, PeerConnections connections) {
    this.own = own;
    this.ledger = ledger;
    this.connections = connections;
    this.work = Thread.ofVirtual().name("commitment-reports").unstarted(this::work);
  }

  /** Starts to look for reports that are due. */
  public static CommitmentReporter start(
      AeTitle own, CommitmentLedger ledger, PeerConnections connections) {
    var reporter = new CommitmentReporter(own, ledger, connections);
    reporter.work.start();
    return reporter;
  }

  private void work() {
    try {
      while (true) {
        places.acquire();
        CommitmentReport report = next();
        if (report != null) {
          reports.execute(() -> tell(report));
        }
      }
    } catch (InterruptedException _) {
      // closing
    }
  }

  /** Gives the place back if there is nothing to be told. */
  private @Nullable CommitmentReport next() throws InterruptedException {
    Duration pause = PAUSE;
    try {
      CommitmentReport report = ledger.claimDue().orElse(null);
      if (report != null) {
        return report;
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=commitment.pause cause={}", e.getClass().getSimpleName());
      pause = PAUSE_AFTER_FAULT;
    }
    places.release();
    Thread.sleep(pause);
    return null;
  }

  private void tell(CommitmentReport report) {
    try {
      Reporting.record(ledger, report, told(report));
    } catch (RuntimeException e) {
      LOG.error("event=commitment.fault id={} fault={}", report.id(), e.getClass().getSimpleName());
    } finally {
      places.release();
    }
  }

  private String told(CommitmentReport report) {
    var address = report.address();
    if (address == null) {
      return "NO_ADDRESS";
    }
    var proposal =
        NormalizedScu.to(address.host(), address.port(), own, report.receiver())
            .proposeAsScp(CommitmentScp.SOP_CLASS)
            .timeouts(TIMEOUTS);
    try (NormalizedScu association = connections.over(address, proposal).open()) {
      var result =
          association.eventReport(
              CommitmentScp.SOP_CLASS,
              CommitmentScp.SOP_INSTANCE,
              report.eventType(),
              report.information());
      String code = Reporting.code(result.status());
      release(association);
      return code;
    } catch (IOException e) {
      return Reporting.code(e);
    }
  }

  /** What was answered counts, however the association ends. */
  private static void release(NormalizedScu association) {
    try {
      association.release();
    } catch (IOException e) {
      LOG.info("event=commitment.not_released cause={}", e.getClass().getSimpleName());
    }
  }

  /** Begins no more reports and lets those under way end within some seconds. */
  @Override
  public void close() {
    work.interrupt();
    reports.shutdown();
    try {
      work.join(Duration.ofSeconds(5));
      if (!reports.awaitTermination(5, TimeUnit.SECONDS)) {
        reports.shutdownNow();
      }
    } catch (InterruptedException _) {
      reports.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
