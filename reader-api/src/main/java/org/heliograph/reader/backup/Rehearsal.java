package org.heliograph.reader.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.catalog.Holdings;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.integrity.DigestCheck;
import org.heliograph.archive.integrity.StoredDigest;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.archive.retrieve.Retrieve;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.reader.backup.Manifest.Table;
import org.heliograph.reader.progress.Progress;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Proves that a generation restores: its rows in a database of their own, each table counted and
 * its digest compared; the blobs read again where they lie; a study and a report opened as the hub
 * opens them.
 */
public final class Rehearsal {
  private static final String NEWEST_STUDY =
      "select study_instance_uid from archive.study order by id desc limit 1";
  private static final String UNCOUNTED =
      """
      select count(*) from archive.study s where s.instance_count <>
        (select count(*) from archive.instance i where i.study_ref = s.id)
      """;
  private static final String NEWEST_REPORT =
      "select pdf, pdf_sha256 from reading.report_issue where pdf is not null"
          + " order by issued_at desc limit 1";

  private static final String DAMAGED = "damaged";

  private final Path root;
  private final Path generation;
  private final DataSource database;
  private final Progress progress;
  private final List<String> lines = new ArrayList<>();
  private boolean passed = true;

  /**
   * Prepares it.
   *
   * @param database a new one, for this alone
   */
  public Rehearsal(Path root, Path generation, DataSource database, Progress progress) {
    this.root = root;
    this.generation = generation;
    this.database = database;
    this.progress = progress;
  }

  /** What was found, a line for each check. */
  public record Report(String generation, boolean passed, List<String> lines) {
    public Report {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Rehearses.
   *
   * @param every of so many blobs one is read; 1 for all
   */
  public Report run(long every) throws IOException, InterruptedException {
    try {
      Manifest manifest = Manifest.read(generation);
      check(
          "rows restored",
          () -> {
            new DatabaseLoad(database)
                .run(generation, manifest, connection -> tables(connection, manifest));
            return manifest.tables().size()
                + " tables, "
                + manifest.rows()
                + " rows, digests agree";
          });
      check("blobs read", () -> blobs(manifest, every));
      if (passed) {
        check("catalog counts", () -> counts(manifest));
        check("study opened", this::study);
        check("report opened", this::report);
      }
    } catch (BackupException e) {
      passed = false;
      lines.add("FAIL  " + e.getMessage());
    }
    return new Report(String.valueOf(generation.getFileName()), passed, lines);
  }

  private interface Check {
    String run() throws IOException, SQLException, InterruptedException;
  }

  private void check(String what, Check check) throws InterruptedException {
    long began = System.nanoTime();
    String found;
    boolean sound = false;
    try {
      found = check.run();
      sound = true;
    } catch (BackupException e) {
      found = String.valueOf(e.getMessage());
    } catch (SQLException e) {
      found = "the database refuses it, SQL state " + e.getSQLState();
    } catch (IOException | RuntimeException e) {
      found = e.getClass().getSimpleName();
    }
    passed &= sound;
    lines.add(
        String.format(
            Locale.ROOT,
            "%s  %-15s %s, %.1f s",
            sound ? "ok  " : "FAIL",
            what,
            found,
            (System.nanoTime() - began) / 1e9));
  }

  /** What was loaded is read again before it is committed, and before the program changes it. */
  private static void tables(Connection connection, Manifest manifest)
      throws SQLException, IOException {
    TableFiles files = new TableFiles(connection);
    try (var settings = connection.createStatement()) {
      settings.execute("set local synchronize_seqscans = off");
    }
    for (Table table : manifest.tables()) {
      if (!files.measure(table).equals(table)) {
        throw new BackupException("the table " + table.name() + " is not what was backed up");
      }
    }
  }

  private String blobs(Manifest manifest, long every) throws IOException, InterruptedException {
    BlobStore blobs = BackupFolder.blobs(root);
    progress.expect(manifest.blobs().count(), manifest.blobs().bytes());
    AtomicLong number = new AtomicLong();
    AtomicLong read = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    AtomicLong faults = new AtomicLong();
    BlobList.read(
        generation,
        manifest.blobs(),
        blob -> {
          if (number.getAndIncrement() % every == 0) {
            read.incrementAndGet();
            bytes.addAndGet(blob.byteCount());
            faults.addAndGet(isSound(blobs, blob) ? 0 : 1);
          } else {
            faults.addAndGet(isThere(blobs, blob) ? 0 : 1);
          }
          progress.done(blob.byteCount());
        });
    if (number.get() != manifest.blobs().count()) {
      throw new BackupException("the list of blobs is not complete");
    }
    String found =
        read + " of " + number + " read, " + Progress.size(bytes.get()) + ", the others are there";
    if (faults.get() > 0) {
      throw new BackupException(found + " but for " + faults + " damaged or missing");
    }
    return found;
  }

  private static boolean isSound(BlobStore blobs, StoredDigest blob) {
    try (InputStream in = blobs.open(blob.key())) {
      return DigestCheck.read(in, blob, DigestCheck.Sink.NONE).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isThere(BlobStore blobs, StoredDigest blob) throws IOException {
    try {
      return blobs.byteCount(blob.key()) == blob.byteCount();
    } catch (NoSuchBlobException _) {
      return false;
    }
  }

  private String counts(Manifest manifest) throws BackupException {
    JdbcClient sql = JdbcClient.create(database);
    Holdings held = new Catalog(database).holdings();
    long wrong = sql.sql(UNCOUNTED).query(Long.class).single();
    long instances =
        manifest.tables().stream()
            .filter(table -> table.schema().equals("archive") && table.name().equals("instance"))
            .mapToLong(Table::rows)
            .sum();
    if (wrong > 0 || held.instances() != instances) {
      throw new BackupException(
          wrong
              + " studies count wrongly, "
              + held.instances()
              + " of "
              + instances
              + " instances");
    }
    return held.studies()
        + " studies, "
        + held.series()
        + " series, "
        + held.instances()
        + " instances";
  }

  private String study() throws IOException {
    JdbcClient sql = JdbcClient.create(database);
    var uid = sql.sql(NEWEST_STUDY).query(String.class).optional();
    if (uid.isEmpty()) {
      return "there is none";
    }
    Catalog catalog = new Catalog(database);
    Retrieve retrieve = new Retrieve(BackupFolder.blobs(root), catalog.headers(), sql);
    var study = catalog.study(StudyInstanceUid.of(uid.get())).orElseThrow();
    long instances = 0;
    long frames = 0;
    for (var series : study.series()) {
      for (StoredInstance instance : series.instances()) {
        if (retrieve.header(instance).isEmpty()) {
          throw new BackupException("an instance has no header");
        }
        try (InputStream in = retrieve.partTen(instance)) {
          if (in.transferTo(OutputStream.nullOutputStream()) == 0) {
            throw new BackupException("an instance is not whole");
          }
        }
        if (instance.rows() != null && instance.numberOfFrames() > 0) {
          firstFrame(retrieve, instance);
          frames++;
        }
        instances++;
      }
    }
    return instances + " instances, first frames of " + frames;
  }

  private static void firstFrame(Retrieve retrieve, StoredInstance instance) throws IOException {
    try {
      retrieve.frame(instance, 1).copyTo(OutputStream.nullOutputStream());
    } catch (NoSuchFrameException e) {
      throw new BackupException("an instance has no first frame");
    }
  }

  private String report() throws BackupException {
    String found =
        JdbcClient.create(database)
            .sql(NEWEST_REPORT)
            .query((row, n) -> isReport(row.getBytes(1), row.getBytes(2)) ? "sound" : DAMAGED)
            .optional()
            .orElse("there is none");
    if (found.equals(DAMAGED)) {
      throw new BackupException("the newest signed report is not what was signed");
    }
    return found;
  }

  private static boolean isReport(byte[] pdf, byte[] sha256) {
    return Arrays.equals(Durable.sha256().digest(pdf), sha256)
        && new String(pdf, 0, Math.min(4, pdf.length), StandardCharsets.US_ASCII).equals("%PDF");
  }
}
