package org.heliograph.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.move.BlobMove;
import org.heliograph.archive.blob.move.MovingBlobStore;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.ingest.ArrivalQueue;
import org.heliograph.archive.ingest.Ingest;
import org.heliograph.archive.ingest.IngestInstance;
import org.heliograph.archive.ingest.Quarantine;
import org.heliograph.archive.ingest.Sweep;
import org.heliograph.archive.ingest.photo.PhotoIngest;
import org.heliograph.archive.integrity.Pace;
import org.heliograph.archive.integrity.Scrub;
import org.heliograph.archive.patients.PatientChanges;
import org.heliograph.archive.quota.QuotaGate;
import org.heliograph.archive.quota.Quotas;
import org.heliograph.archive.reject.Rejections;
import org.heliograph.archive.render.Render;
import org.heliograph.archive.retention.RemovalListener;
import org.heliograph.archive.retention.RemovalSteps;
import org.heliograph.archive.retention.Retention;
import org.heliograph.archive.retention.StudyFacts;
import org.heliograph.archive.retrieve.Retrieve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An open archive: the way to store, find and give back instances. Its index lives in the schema
 * {@code archive} of the data source, which {@link #open} brings up to date. Safe for many threads;
 * many processes may share one database and one blob store, each with a staging folder of its own
 * or a shared one. The data source and the blob store stay the caller's.
 */
public final class Archive implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Archive.class);
  private static final long GIBIBYTE = 1L << 30;
  private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);
  private static final Duration KEEP_INTERVAL = Duration.ofSeconds(30);
  private static final Duration SWEEP_PATIENCE = Duration.ofSeconds(10);

  private final Ingest ingest;
  private final Catalog catalog;
  private final Retrieve retrieve;
  private final Render render;
  private final PhotoIngest photos;
  private final BlobStore blobs;
  private final PatientChanges patients;
  private final Rejections rejections;
  private final Quotas quotas;
  private final DataSource dataSource;
  private final InstantSource clock;
  private final List<Thread> background;

  private Archive(
      Ingest ingest,
      Catalog catalog,
      Retrieve retrieve,
      PhotoIngest photos,
      BlobStore blobs,
      DataSource dataSource,
      Rejections rejections,
      Quotas quotas,
      InstantSource clock,
      Scrub scrub,
      @Nullable BlobMove move) {
    this.blobs = blobs;
    this.patients = new PatientChanges(dataSource, clock);
    this.rejections = rejections;
    this.quotas = quotas;
    this.dataSource = dataSource;
    this.clock = clock;
    this.ingest = ingest;
    this.catalog = catalog;
    this.retrieve = retrieve;
    this.render = new Render(retrieve);
    this.photos = photos;
    List<Thread> started = new ArrayList<>();
    started.add(Thread.ofVirtual().name("archive-sweep").start(this::sweepNowAndThen));
    started.add(start("archive-keeper", this::keepUntilInterrupted));
    started.add(start("archive-scrub", scrub::runUntilInterrupted));
    if (move != null) {
      started.add(start("archive-move", move::runUntilInterrupted));
    }
    this.background = List.copyOf(started);
  }

  /** Opens an archive with the default settings. */
  public static Archive open(
      DataSource dataSource, BlobStore blobs, Path stagingFolder, InstantSource clock)
      throws IOException {
    return open(dataSource, blobs, stagingFolder, clock, ArchiveSettings.defaults());
  }

  public static Archive open(
      DataSource dataSource,
      BlobStore blobs,
      Path stagingFolder,
      InstantSource clock,
      ArchiveSettings settings)
      throws IOException {
    migrate(dataSource);
    var jdbc = JdbcClient.create(dataSource);
    var transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    var staging = StagingFolder.open(stagingFolder, settings.files());
    var catalog = new Catalog(dataSource);
    var rejections = new Rejections(dataSource, clock);
    var quotas = new Quotas(dataSource, clock);
    var ingest =
        ingest(
            jdbc, transaction, blobs, staging, clock, settings, rejections, new QuotaGate(quotas));
    var retrieve = new Retrieve(blobs, catalog.headers(), jdbc);
    var photos = new PhotoIngest(ingest.instances()::ingest, blobs, staging, jdbc, clock);
    var scrub = new Scrub(dataSource, blobs, clock, settings.scrub(), Pace.Sleeper.SYSTEM);
    BlobMove move =
        blobs instanceof MovingBlobStore both
            ? new BlobMove(dataSource, transaction, both, staging, clock, settings.moveSteps())
            : null;
    return new Archive(
        ingest,
        catalog,
        retrieve,
        photos,
        blobs,
        dataSource,
        rejections,
        quotas,
        clock,
        scrub,
        move);
  }

  /**
   * The way in alone, without the archive's background work: for a command that stores beside a
   * running hub, or while none runs. What it answers is as durable as an archive's answers.
   */
  public static Ingest openIngest(
      DataSource dataSource, BlobStore blobs, Path stagingFolder, InstantSource clock)
      throws IOException {
    ArchiveSettings settings = ArchiveSettings.defaults();
    return ingest(
        JdbcClient.create(dataSource),
        new TransactionTemplate(new JdbcTransactionManager(dataSource)),
        blobs,
        StagingFolder.open(stagingFolder, settings.files()),
        clock,
        settings,
        new Rejections(dataSource, clock),
        new QuotaGate(new Quotas(dataSource, clock)));
  }

  private static Ingest ingest(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      BlobStore blobs,
      StagingFolder staging,
      InstantSource clock,
      ArchiveSettings settings,
      Rejections rejections,
      QuotaGate quotas)
      throws IOException {
    return new Ingest(
        jdbc,
        transaction,
        blobs,
        staging,
        clock,
        new Ingest.Timing(settings.commitPatience(), settings.sweepGrace()),
        settings
            .reserve()
            .orElse(Math.min(GIBIBYTE, Math.min(blobs.totalBytes(), staging.totalBytes()) / 50)),
        settings.steps(),
        rejections,
        quotas);
  }

  /** Makes the index's schema or brings it up to date, for those who only read the catalog. */
  public static void migrate(DataSource dataSource) {
    Flyway.configure()
        .dataSource(new UnhurriedConnections(dataSource))
        .locations("classpath:db/archive")
        .schemas("archive")
        .defaultSchema("archive")
        .createSchemas(true)
        .load()
        .migrate();
  }

  public IngestInstance ingest() {
    return ingest.instances();
  }

  public Catalog catalog() {
    return catalog;
  }

  public Retrieve retrieve() {
    return retrieve;
  }

  public Render render() {
    return render;
  }

  public PhotoIngest photos() {
    return photos;
  }

  /** Corrections of patients. */
  public PatientChanges patients() {
    return patients;
  }

  /** What reject notes hide. */
  public Rejections rejections() {
    return rejections;
  }

  /** What sites use and may use. */
  public Quotas quotas() {
    return quotas;
  }

  /**
   * The end of what is stored.
   *
   * @param facts what the caller knows of studies
   * @param listener is told of removals
   */
  public Retention retention(StudyFacts facts, RemovalListener listener, RemovalSteps steps) {
    return new Retention(
        dataSource, blobs, catalog, ingest.instances(), facts, listener, steps, clock);
  }

  public ArrivalQueue arrivals() {
    return ingest.arrivals();
  }

  public Quarantine quarantine() {
    return ingest.quarantine();
  }

  public Sweep sweep() {
    return ingest.sweep();
  }

  /** Where the bytes are; for asking whether it serves. */
  public BlobStore blobs() {
    return blobs;
  }

  private interface Job {
    void run() throws InterruptedException;
  }

  private static Thread start(String name, Job job) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            job.run();
          } catch (InterruptedException _) {
            // closing
          }
        });
  }

  private void sweepNowAndThen() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        ingest.sweep().run();
        Thread.sleep(SWEEP_INTERVAL);
      } catch (InterruptedException _) {
        return; // closing
      } catch (IOException | RuntimeException e) {
        log.warn("event=sweep.failed cause={}", e.getClass().getSimpleName());
        if (!pause()) {
          return;
        }
      }
    }
  }

  private void keepUntilInterrupted() throws InterruptedException {
    while (true) {
      try {
        rejections.catchUp();
        quotas.keep();
      } catch (RuntimeException e) {
        log.warn("event=keeper.failed cause={}", e.getClass().getSimpleName());
      }
      Thread.sleep(KEEP_INTERVAL);
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(SWEEP_INTERVAL);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  /** Takes no more instances and waits for those on their way. */
  @Override
  public void close() {
    background.forEach(Thread::interrupt);
    ingest.close();
    try {
      for (Thread each : background) {
        each.join(SWEEP_PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
