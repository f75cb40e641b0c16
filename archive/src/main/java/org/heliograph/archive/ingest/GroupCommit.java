package org.heliograph.archive.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the catalog rows of all ingests that wait at one moment in one transaction, so that they
 * share its fsync. Each waits for its own result; a row that the database does not take fails its
 * own ingest alone.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
  private static final int MAX_BATCH = 64;
  private static final int MAX_WAITING = 1024;
  private static final int MAX_ATTEMPTS = 3;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  /**
   * @param blobReferenced whether a row names the blob; if not, the caller may remove it
   * @param growth what the catalog's counts have to grow by; null when nothing was added
   */
  record Committed(IngestResult result, boolean blobReferenced, @Nullable Growth growth) {
    Committed(IngestResult result, boolean blobReferenced) {
      this(result, blobReferenced, null);
    }
  }

  private record Waiting(PreparedInstance instance, CompletableFuture<Committed> done) {}

  /** Locks are taken in one order by every process, so that batches do not wait for each other. */
  private static final Comparator<Waiting> LOCK_ORDER =
      Comparator.<Waiting, String>comparing(w -> w.instance().summary().study().value().value())
          .thenComparing(w -> w.instance().summary().series().value().value())
          .thenComparing(w -> w.instance().summary().instance().value().value());

  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final TransactionTemplate transaction;
  private final InstanceRows rows;
  private final IngestSteps steps;
  private final Duration patience;
  private final Thread thread;
  private volatile boolean closing;

  GroupCommit(
      TransactionTemplate transaction, InstanceRows rows, IngestSteps steps, Duration patience) {
    this.transaction = transaction;
    this.rows = rows;
    this.steps = steps;
    this.patience = patience;
    this.thread = Thread.ofPlatform().daemon().name("archive-commit").start(this::run);
  }

  /**
   * Waits until the rows are committed.
   *
   * @throws IOException they may or may not be; a re-send will find out
   */
  Committed commit(PreparedInstance instance) throws IOException {
    var waiting = new Waiting(instance, new CompletableFuture<>());
    try {
      if (closing || !queue.offer(waiting, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the catalog takes no more instances now");
      }
      return waiting.done().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer from the catalog in " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException("the catalog did not take the instance", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the catalog", e);
    }
  }

  private void run() {
    List<Waiting> batch = new ArrayList<>(MAX_BATCH);
    while (!closing || !queue.isEmpty()) {
      try {
        Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, MAX_BATCH - 1);
          batch.sort(LOCK_ORDER);
          write(batch);
        }
      } catch (InterruptedException _) {
        return; // closing for good
      } finally {
        batch.clear();
      }
    }
  }

  /** Nearly every batch has no fault in it; one that has is undone and written with savepoints. */
  private void write(List<Waiting> batch) {
    try {
      try {
        commit(batch, (waiting, _, growths) -> writeOrUndoAll(waiting, growths));
      } catch (FaultInBatchException _) {
        commit(batch, this::writeOrUndoOne);
      }
    } catch (RuntimeException e) {
      log.warn("event=catalog.commit.failed instances={} cause={}", batch.size(), e.getClass());
      batch.forEach(waiting -> waiting.done().completeExceptionally(e));
    }
  }

  /** Writes one of a batch and returns what to do after the commit. */
  private interface Writing {
    Runnable write(Waiting waiting, TransactionStatus status, List<Growth> growths);
  }

  private void commit(List<Waiting> batch, Writing writing) {
    List<Runnable> answers = new ArrayList<>(batch.size());
    List<Growth> growths = new ArrayList<>(batch.size());
    transaction.executeWithoutResult(status -> {
      steps.reached(IngestStep.TRANSACTION_BEGUN);
      batch.forEach(waiting -> answers.add(writing.write(waiting, status, growths)));
      rows.count(growths);
      steps.reached(IngestStep.ROWS_WRITTEN);
    });
    steps.reached(IngestStep.COMMITTED);
    answers.forEach(Runnable::run);
  }

  /** Ends a transaction in which nothing was answered yet. */
  private static final class FaultInBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultInBatchException() {
      super("an instance of the batch was not taken", null, false, false);
    }
  }

  private Runnable writeOrUndoAll(Waiting waiting, List<Growth> growths) {
    try {
      Committed written = rows.write(waiting.instance());
      if (written != null) {
        return answer(waiting, written, growths);
      }
    } catch (DataAccessException e) {
      log.debug("event=catalog.batch.undone cause={}", e.getClass());
    }
    throw new FaultInBatchException();
  }

  private static Runnable answer(Waiting waiting, Committed written, List<Growth> growths) {
    Growth growth = written.growth();
    if (growth != null) {
      growths.add(growth);
    }
    return () -> waiting.done().complete(written);
  }

  /** A fault of one instance is undone to its savepoint. */
  private Runnable writeOrUndoOne(Waiting waiting, TransactionStatus status, List<Growth> growths) {
    DataAccessException fault = new ConcurrencyFailureException("another writer was first, thrice");
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Object savepoint = status.createSavepoint();
      try {
        Committed written = rows.write(waiting.instance());
        if (written != null) {
          status.releaseSavepoint(savepoint);
          return answer(waiting, written, growths);
        }
      } catch (DataAccessException e) {
        fault = e;
        attempt = MAX_ATTEMPTS;
      }
      status.rollbackToSavepoint(savepoint);
    }
    DataAccessException cause = fault;
    log.warn("event=catalog.row.failed cause={}", cause.getClass());
    return () -> waiting.done().completeExceptionally(cause);
  }

  /** Takes no more, and ends when all that wait have their answer. */
  @Override
  public void close() {
    closing = true;
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
      left.done().completeExceptionally(new IOException("the archive is closing"));
    }
  }
}
