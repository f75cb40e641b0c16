package org.heliograph.reader.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseTransitions;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.report.ReportFiling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works off the queue of signed reports: files the objects in the study, then in one transaction
 * puts the report in the receiver's inbox and marks the case DELIVERED. Killed anywhere, the next
 * start goes on where it stopped, and nothing is delivered twice.
 */
@Component
class PublishReports implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(PublishReports.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Publications publications;
  private final Deliveries deliveries;
  private final ReportFiling filing;
  private final Cases cases;
  private final List<DeliveryObserver> observers;
  private final TransactionTemplate transaction;
  private volatile boolean running;
  private Thread worker = new Thread(() -> {});

  PublishReports(
      Publications publications,
      Deliveries deliveries,
      ReportFiling filing,
      Cases cases,
      List<DeliveryObserver> observers,
      TransactionTemplate transaction) {
    this.publications = publications;
    this.deliveries = deliveries;
    this.filing = filing;
    this.cases = cases;
    this.observers = List.copyOf(observers);
    this.transaction = transaction;
  }

  @Override
  public void start() {
    running = true;
    worker = Thread.ofVirtual().name("publish-reports").start(this::work);
  }

  @Override
  public void stop() {
    running = false;
    worker.interrupt();
    try {
      worker.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void work() {
    while (running) {
      try {
        if (!publishNext()) {
          Thread.sleep(PAUSE);
        }
      } catch (InterruptedException e) {
        // Stopping; what was claimed is taken up again when its claim ends.
        return;
      } catch (RuntimeException e) {
        log.warn("event=publication.pause fault={}", e.getClass().getSimpleName());
        if (!pause()) {
          return;
        }
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE.multipliedBy(10));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Publishes one report; false if none is due. */
  boolean publishNext() {
    var claimed = publications.claim().orElse(null);
    if (claimed == null) {
      return false;
    }
    switch (file(claimed)) {
      case ReportFiling.Outcome.Filed filed -> {
        deliver(claimed);
        log.info(
            "event=report.delivered issue={} attempt={}", claimed.issueId(), claimed.attempt());
      }
      case ReportFiling.Outcome.NotFiled not -> {
        log.warn(
            "event=report.not_filed issue={} attempt={} code={}",
            claimed.issueId(),
            claimed.attempt(),
            not.code());
        publications.tryLater(claimed.issueId(), not.code(), !not.tryAgain());
      }
    }
    return true;
  }

  private ReportFiling.Outcome file(Publications.Claimed claimed) {
    try {
      CaseFile file = transaction.execute(status -> cases.lock(claimed.caseId()));
      return filing.file(claimed.issueId(), file);
    } catch (IOException | DataAccessException | TransactionException e) {
      return new ReportFiling.Outcome.NotFiled("STORE_UNAVAILABLE", true);
    } catch (RuntimeException e) {
      // A bug that meets this report each time must end in front of a person, not go round for
      // ever.
      log.error(
          "event=report.filing_fault issue={} fault={}",
          claimed.issueId(),
          e.getClass().getSimpleName());
      return new ReportFiling.Outcome.NotFiled("FAULT", true);
    }
  }

  private void deliver(Publications.Claimed claimed) {
    transaction.executeWithoutResult(status -> {
      CaseFile file = cases.lock(claimed.caseId());
      if (publications.done(claimed.issueId())) {
        UUID delivery = deliveries.add(file, claimed.issueId());
        if (CaseTransitions.next(file.state(), CaseEventKind.DELIVERED).isPresent()) {
          cases.append(file, CaseHappening.byHub(CaseEventKind.DELIVERED));
        }
        observers.forEach(observer -> observer.delivered(file, claimed.issueId(), delivery));
      }
    });
  }
}
