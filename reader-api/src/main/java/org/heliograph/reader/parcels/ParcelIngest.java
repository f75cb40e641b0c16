package org.heliograph.reader.parcels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseImages;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.gateways.GatewaySettings;
import org.heliograph.reader.intake.StudyCases;
import org.heliograph.reader.intake.UploadFiles;
import org.heliograph.reader.parcels.Receipts.Result;
import org.heliograph.reader.problem.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Unpacks whole parts. Objects become durable one by one; then one transaction keeps what became of
 * them, tells the gateway, ends the part, and moves the cases on. Killed anywhere, the next start
 * does the part again, and nothing is there twice.
 */
@Component
class ParcelIngest implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ParcelIngest.class);
  private static final int WORKERS = 2;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(3);

  private final PartQueue queue;
  private final PartBell bell;
  private final PartUploads uploads;
  private final InstanceParts instances;
  private final DocumentParts documents;
  private final PreviewParts previews;
  private final Receipts receipts;
  private final ParcelCases parcelCases;
  private final StudyCases studyCases;
  private final Cases cases;
  private final UploadFiles files;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Duration renewal;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean running;

  ParcelIngest(
      PartQueue queue,
      PartBell bell,
      PartUploads uploads,
      InstanceParts instances,
      DocumentParts documents,
      PreviewParts previews,
      Receipts receipts,
      ParcelCases parcelCases,
      StudyCases studyCases,
      Cases cases,
      UploadFiles files,
      JdbcClient sql,
      TransactionTemplate transaction,
      GatewaySettings settings) {
    this.queue = queue;
    this.bell = bell;
    this.uploads = uploads;
    this.instances = instances;
    this.documents = documents;
    this.previews = previews;
    this.receipts = receipts;
    this.parcelCases = parcelCases;
    this.studyCases = studyCases;
    this.cases = cases;
    this.files = files;
    this.sql = sql;
    this.transaction = transaction;
    this.renewal = settings.lease().dividedBy(3);
  }

  @Override
  public synchronized void start() {
    running = true;
    for (int i = 0; i < WORKERS; i++) {
      workers.add(Thread.ofVirtual().name("parcel-ingest-" + i).start(this::work));
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    workers.forEach(Thread::interrupt);
    try {
      for (Thread worker : workers) {
        worker.join(Duration.ofSeconds(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void work() {
    boolean begun = false;
    while (running) {
      try {
        if (!begun) {
          begun = begin();
        }
        if (!ingestNext()) {
          bell.await(PAUSE);
        }
      } catch (InterruptedException e) {
        // Stopping; what was claimed is taken up again.
        return;
      } catch (RuntimeException e) {
        log.warn("event=parcel.pause fault={}", e.getClass().getSimpleName());
        try {
          bell.await(AFTER_FAULT);
        } catch (InterruptedException stopping) {
          return;
        }
      }
    }
  }

  /** One of the workers lets go of what the process before this one held. */
  private boolean begin() {
    if (Thread.currentThread().getName().endsWith("-0")) {
      queue.begin();
    }
    return true;
  }

  /** Unpacks one part; false if none is due. */
  boolean ingestNext() {
    PartRow part = queue.claim().orElse(null);
    if (part == null) {
      return false;
    }
    try (var _ = renewing(part)) {
      ingest(part);
    } catch (LaterException e) {
      later(part, e.code(), false);
    } catch (NoSuchFileException e) {
      lost(part);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        lost(part);
      } else {
        later(part, "disk", false);
      }
    } catch (IOException | DataAccessException | TransactionException e) {
      later(part, e.getClass().getSimpleName(), false);
    } catch (RuntimeException e) {
      // A bug that meets this part each time must end in front of a person, not go round for ever.
      later(part, e.getClass().getSimpleName(), true);
    }
    return true;
  }

  private void ingest(PartRow part) throws IOException, LaterException {
    if (part.kind() == PartKind.PREVIEWS) {
      transaction.executeWithoutResult(status -> keepPreviews(part));
      end(part);
      return;
    }
    transaction.executeWithoutResult(status -> parcelCases.bind(part.parcel()));
    if (part.kind() == PartKind.DOCUMENT) {
      var made = documents.make(part);
      transaction.executeWithoutResult(status -> {
        if (finish(part, List.of(made.result()))) {
          file(part, made);
          completeIfLast(part);
        }
      });
      documents.forget(part);
    } else {
      List<Result> results = instances.ingest(part);
      transaction.executeWithoutResult(status -> {
        if (finish(part, results)) {
          completeIfLast(part);
        }
      });
    }
    end(part);
  }

  /** The file is not needed any more; one that stays is removed by the sweep. */
  private void end(PartRow part) throws IOException {
    files.delete(part.fileId());
    sql.sql("update reading.parcel_part set has_file = false where parcel_id = ? and number = ?")
        .params(part.parcel(), part.number())
        .update();
    log.info("event=part.done parcel={} part={}", part.parcel(), part.number());
  }

  private void keepPreviews(PartRow part) {
    lock(part);
    if (!queue.done(part)) {
      return;
    }
    parcelCases.bind(part.parcel());
    int kept;
    try {
      kept = previews.keep(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (kept > 0) {
      sql.sql("update reading.parcel set previews_at = clock_timestamp() where id = ?")
          .param(part.parcel())
          .update();
      parcelCases.previewsArrived(part.parcel());
    }
    completeIfLast(part);
  }

  private boolean finish(PartRow part, List<Result> results) {
    lock(part);
    if (!queue.done(part)) {
      return false;
    }
    receipts.write(part, results);
    return true;
  }

  private void lock(PartRow part) {
    sql.sql("select 1 from reading.parcel where id = ? for update")
        .param(part.parcel())
        .query(Integer.class)
        .single();
  }

  /** Puts a stored document to its case and counts a photo. */
  private void file(PartRow part, DocumentParts.Made made) {
    var stored = made.stored();
    if (stored == null) {
      return;
    }
    var file = studyCases.linked(made.study(), stored.studyId(), "gateway").file();
    var photo = made.photo();
    if (photo == null) {
      return;
    }
    sql.sql(
            "update reading.parcel_object set rows = ?, columns = ? where parcel_id = ? and object = ?")
        .params(photo.height(), photo.width(), part.parcel(), made.result().object())
        .update();
    var images = file.images();
    cases.append(
        cases.count(
            file,
            new CaseImages(
                images.modality().isEmpty() ? "XC" : images.modality(),
                images.photoCount() + 1,
                images.sentCount(),
                images.mismatch())),
        CaseHappening.byHub(CaseEventKind.IMAGES_ARRIVED));
  }

  private void completeIfLast(PartRow part) {
    int ended =
        sql.sql(
                """
                update reading.parcel c set completed_at = clock_timestamp()
                where c.id = ? and c.completed_at is null
                  and not exists (select 1 from reading.parcel_part p
                                  where p.parcel_id = c.id and p.state <> 'DONE')
                """)
            .param(part.parcel())
            .update();
    if (ended == 1) {
      parcelCases.completed(part.parcel());
      log.info("event=parcel.complete parcel={}", part.parcel());
    }
  }

  /** The file is gone with a disk: the gateway still has it. */
  private void lost(PartRow part) {
    log.error("event=part.lost parcel={} part={}", part.parcel(), part.number());
    transaction.executeWithoutResult(status -> uploads.wanted(part, ProblemCode.OBJECT_MISSING));
  }

  private void later(PartRow part, String code, boolean isFinal) {
    log.warn(
        "event=part.later parcel={} part={} attempt={} code={}",
        part.parcel(),
        part.number(),
        part.attempt(),
        code);
    queue.tryLater(part, code, isFinal);
  }

  /** Keeps the claim while the work goes on. */
  private Heartbeat renewing(PartRow part) {
    ScheduledExecutorService heart =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    var _ =
        heart.scheduleAtFixedRate(
            () -> {
              try {
                queue.renew(part);
              } catch (RuntimeException e) {
                log.warn("event=part.renewal.failed fault={}", e.getClass().getSimpleName());
              }
            },
            renewal.toMillis(),
            renewal.toMillis(),
            TimeUnit.MILLISECONDS);
    return () -> heart.shutdownNow();
  }

  private interface Heartbeat extends AutoCloseable {
    @Override
    void close();
  }
}
