package org.heliograph.archive.retention;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.ingest.IngestInstance;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.reject.RejectCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The end of what is stored: rules, holds, orders and the work on them. Any number of processes may
 * work on one database.
 */
public final class Retention {
  private static final int AT_ONCE = 100;
  private static final String RULE_ACTOR = "retention rule";
  private static final String RULE_REASON = "The retention period has ended";

  private final JdbcClient jdbc;
  private final RetentionRules rules;
  private final LegalHolds holds;
  private final RejectOrders orders;
  private final Removal removal;
  private final BlobRemoval blobRemoval;
  private final InstantSource clock;

  /**
   * @param facts what the hub knows of studies
   * @param listener is told of removals
   */
  public Retention(
      DataSource dataSource,
      BlobStore blobs,
      Catalog catalog,
      IngestInstance ingest,
      StudyFacts facts,
      RemovalListener listener,
      RemovalSteps steps,
      InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.rules = new RetentionRules(dataSource, facts, clock);
    this.holds = new LegalHolds(dataSource, facts, clock);
    this.orders = new RejectOrders(dataSource, catalog, ingest, clock);
    this.removal = new Removal(dataSource, facts, listener, steps, clock);
    this.blobRemoval = new BlobRemoval(jdbc, blobs, steps);
    this.clock = clock;
  }

  public RetentionRules rules() {
    return rules;
  }

  public LegalHolds holds() {
    return holds;
  }

  public RejectOrders orders() {
    return orders;
  }

  /** What one round did. */
  public record Done(int orders, int removals, int blobs) {}

  /** Makes notes that are ordered, removes what is due, and deletes blobs nobody names. */
  public Done work() {
    return new Done(orders.work(), removal.work(), blobRemoval.work());
  }

  /** Orders the rejection of studies whose time is over; to be called now and then. */
  public int expire() {
    int ordered = 0;
    for (ExpiringStudy study : rules.toReject(AT_ONCE)) {
      RejectOrders.place(
          jdbc,
          new RejectOrder(
              study.siteId(),
              study.study(),
              null,
              null,
              RejectCode.RETENTION_EXPIRED,
              new ChangeOrder(RULE_ACTOR, RULE_REASON),
              study.keepReports(),
              study.graceDays()),
          clock.instant());
      ordered++;
    }
    return ordered;
  }
}
