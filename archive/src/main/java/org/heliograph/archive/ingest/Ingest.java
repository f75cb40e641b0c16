package org.heliograph.archive.ingest;

import java.time.Duration;
import java.time.InstantSource;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.quota.QuotaGate;
import org.heliograph.archive.reject.Rejections;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the parts of this package together; closing it ends the committing thread. */
public final class Ingest implements AutoCloseable {
  private final IngestInstance instances;
  private final ArrivalQueue arrivals;
  private final Sweep sweep;
  private final Quarantine quarantine;
  private final GroupCommit commits;

  /**
   * @param reserveBytes space to leave free
   */
  public Ingest(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      BlobStore blobs,
      StagingFolder staging,
      InstantSource clock,
      Timing timing,
      long reserveBytes,
      IngestSteps steps,
      Rejections rejections,
      QuotaGate quotas) {
    var rows = new InstanceRows(jdbc);
    var reserve = new SpaceReserve(staging, blobs, reserveBytes);
    this.commits = new GroupCommit(transaction, rows, steps, timing.commitPatience());
    this.instances =
        new IngestInstance(
            blobs,
            reserve,
            new Receiving(staging, reserve),
            rows,
            commits,
            steps,
            rejections,
            quotas,
            clock);
    this.arrivals = new ArrivalQueue(jdbc, transaction);
    this.sweep = new Sweep(blobs, staging, jdbc, clock, timing.sweepGrace());
    this.quarantine = new Quarantine(jdbc);
  }

  /** How long things may take. */
  public record Timing(Duration commitPatience, Duration sweepGrace) {}

  public IngestInstance instances() {
    return instances;
  }

  public ArrivalQueue arrivals() {
    return arrivals;
  }

  public Sweep sweep() {
    return sweep;
  }

  public Quarantine quarantine() {
    return quarantine;
  }

  @Override
  public void close() {
    commits.close();
  }
}
