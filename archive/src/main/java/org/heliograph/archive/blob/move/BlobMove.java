package org.heliograph.archive.blob.move;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.StoredBlob;
import org.heliograph.archive.blob.move.BlobCopier.Copied;
import org.heliograph.archive.blob.move.MoveRows.Move;
import org.heliograph.archive.blob.move.MoveStatus.State;
import org.heliograph.archive.integrity.OneProcess;
import org.heliograph.archive.integrity.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves blobs while the archive serves: writes down what lies in the source, copies one after the
 * other at a set pace, checks each digest on the way, and looks once more for what has come
 * meanwhile. Killed at any step it goes on where it was: the rows tell what is copied, and a copy
 * that a row does not know of is compared and taken as it is. The source is never changed.
 */
public final class BlobMove {
  private static final Logger log = LoggerFactory.getLogger(BlobMove.class);
  private static final int BATCH_SIZE = 200;
  private static final UUID FIRST = new UUID(0, 0);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final DataSource database;
  private final MovingBlobStore stores;
  private final MoveRows rows;
  private final StoreRows places;
  private final BlobCopier copier;
  private final Pace pace;
  private final InstantSource clock;
  private final MoveSteps steps;

  public BlobMove(
      DataSource database,
      TransactionTemplate transaction,
      MovingBlobStore stores,
      StagingFolder staging,
      InstantSource clock,
      MoveSteps steps) {
    JdbcClient jdbc = JdbcClient.create(database);
    this.database = database;
    this.stores = stores;
    this.rows = new MoveRows(jdbc, clock);
    this.places = new StoreRows(jdbc, transaction);
    this.copier = new BlobCopier(jdbc, stores.target(), staging, clock, steps);
    this.pace = new Pace(Pace.Sleeper.SYSTEM);
    this.clock = clock;
    this.steps = steps;
  }

  /** Does what is asked for whenever something is, until the thread is interrupted. */
  public void runUntilInterrupted() throws InterruptedException {
    while (stores.source() != null) {
      try {
        run();
      } catch (IOException | SQLException | RuntimeException e) {
        log.warn("event=move.postponed cause={}", e.getClass().getSimpleName());
      }
      Thread.sleep(PAUSE);
    }
  }

  /**
   * Goes on with the move, if one is asked for and no other process is at it, to its end.
   *
   * @throws IOException a store does not serve; the move goes on from here next time
   */
  public void run() throws IOException, SQLException, InterruptedException {
    BlobStore source = stores.source();
    Move move = rows.read().orElse(null);
    if (source == null || move == null) {
      return;
    }
    if (places.source().isEmpty()) {
      stores.dropSource(); // another process did
      return;
    }
    var job = OneProcess.take(database, OneProcess.Job.MOVE);
    if (job.isEmpty()) {
      return;
    }
    try (OneProcess _ = job.get()) {
      switch (move.state()) {
        case RUNNING -> copyAll(source, move.listed());
        case DROPPING -> drop(source);
        case NONE, DONE, DROPPED -> {}
      }
    }
  }

  private void copyAll(BlobStore source, boolean alreadyListed)
      throws IOException, InterruptedException {
    if (!alreadyListed) {
      list(source);
      rows.setListed();
    }
    do {
      copyWaiting(source);
      steps.reached(MoveStep.COPIED_ALL);
      // What another process still wrote to the source, or what came while it was listed.
    } while (list(source) > 0);
    rows.change(State.RUNNING, State.DONE);
    log.info("event=move.done");
  }

  /** Writes down what lies in the source; tells how many were not known. */
  private int list(BlobStore source) throws IOException {
    List<StoredBlob> batch = new ArrayList<>(BATCH_SIZE);
    int[] added = {0};
    try {
      source.list(blob -> {
        batch.add(blob);
        if (batch.size() == BATCH_SIZE) {
          added[0] += rows.add(batch);
          batch.clear();
          steps.reached(MoveStep.LISTED);
        }
      });
    } catch (UncheckedIOException e) {
      throw new IOException("listing ended early", e);
    }
    added[0] += rows.add(batch);
    steps.reached(MoveStep.LISTED);
    return added[0];
  }

  private void copyWaiting(BlobStore source) throws IOException, InterruptedException {
    boolean some = true;
    while (some) {
      some = false;
      UUID after = FIRST;
      for (List<BlobKey> batch = rows.next(after, BATCH_SIZE);
          !batch.isEmpty();
          batch = rows.next(after, BATCH_SIZE)) {
        for (BlobKey key : batch) {
          copy(source, key);
        }
        after = batch.getLast().id();
        some = true;
      }
    }
  }

  private void copy(BlobStore source, BlobKey key) throws IOException, InterruptedException {
    long rate = rows.read().map(Move::bytesPerSecond).orElse(1L);
    Copied copied = copier.copy(source, key);
    switch (copied.outcome()) {
      case COPIED, GONE, DAMAGED -> rows.record(key, copied.outcome().name());
      case UNREADABLE -> {
        if (rows.countAttempt(key) >= BlobCopier.MOST_ATTEMPTS) {
          rows.record(key, "DAMAGED");
        }
      }
    }
    steps.reached(MoveStep.RECORDED);
    pace.take(copied.byteCount(), rate);
  }

  private void drop(BlobStore source) throws IOException {
    if (list(source) > 0) {
      rows.change(State.DROPPING, State.RUNNING);
      return;
    }
    places.dropSource(clock.instant());
    rows.forgetCopies();
    rows.change(State.DROPPING, State.DROPPED);
    stores.dropSource();
    log.info("event=move.source.dropped");
  }
}
