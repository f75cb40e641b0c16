package org.heliograph.reader.backup;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.integrity.BlobHold;
import org.heliograph.archive.integrity.DigestRows;
import org.heliograph.reader.backup.BlobTransfer.Transferred;
import org.heliograph.reader.backup.Manifest.Blobs;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Takes a backup while the hub serves. First no blob is removed any more; then the database is
 * written as one snapshot sees it; then the blobs that the snapshot names are copied, as far as an
 * older generation has not done so. All that was acknowledged before it began is thus in it. Ended
 * anywhere, the next run begins a new snapshot and copies only what is missing.
 */
public final class Backup {
  private static final Duration PROLONGED_EVERY = BlobHold.LASTS.dividedBy(5);

  private final DataSource database;
  private final BlobStore blobs;
  private final DataFolder data;
  private final InstantSource clock;
  private final Progress progress;
  private final Steps steps;

  public Backup(
      DataSource database,
      BlobStore blobs,
      DataFolder data,
      InstantSource clock,
      Progress progress,
      Steps steps) {
    this.database = database;
    this.blobs = blobs;
    this.data = data;
    this.clock = clock;
    this.progress = progress;
    this.steps = steps;
  }

  /**
   * What was taken.
   *
   * @param damaged blobs that the store no longer has as they were stored, and the backup neither
   */
  public record Taken(
      String generation, long rows, long blobs, long bytes, long copied, long damaged) {}

  /**
   * Takes it.
   *
   * @param keep how many generations stay, this one included
   */
  public Taken run(BackupFolder folder, int keep)
      throws IOException, SQLException, InterruptedException {
    Instant began = clock.instant();
    JdbcClient sql = JdbcClient.create(database);
    try (BlobHold hold = BlobHold.take(sql)) {
      Thread prolonging = Thread.ofVirtual().name("backup-hold").start(() -> prolong(hold));
      try {
        Taken taken = take(folder, began, hold);
        prune(folder, keep);
        return taken;
      } finally {
        prolonging.interrupt();
        prolonging.join();
      }
    }
  }

  private Taken take(BackupFolder folder, Instant began, BlobHold hold)
      throws IOException, SQLException, InterruptedException {
    Path generation = folder.begin(began);
    // Before the snapshot and after: an upload that ends meanwhile is in one of them.
    copyTree(data.uploads(), generation.resolve("uploads"));
    Manifest manifest = snapshot(generation, began);
    steps.reached("snapshot-written");
    copyTree(data.uploads(), generation.resolve("uploads"));
    copyTree(data.secrets(), generation.resolve("secrets"));
    Files.deleteIfExists(generation.resolve("secrets").resolve("postgres.password"));
    Transferred transferred =
        new BlobTransfer(blobs, folder.blobs(), folder.staging(), progress, steps)
            .run(generation, manifest.blobs());
    if (!hold.prolong()) {
      throw new BackupException(
          "The backup was held up for too long, so that images may have been removed meanwhile."
              + " Run it again.");
    }
    Blobs held = manifest.blobs();
    Manifest whole =
        new Manifest(
            manifest.format(),
            manifest.generation(),
            manifest.takenAt(),
            manifest.schemas(),
            manifest.tables(),
            manifest.sequences(),
            new Blobs(held.count(), held.bytes(), transferred.damaged(), held.listSha256()));
    whole.write(generation);
    steps.reached("manifest-written");
    folder.complete(generation);
    steps.reached("completed");
    return new Taken(
        whole.generation(),
        whole.rows(),
        held.count(),
        held.bytes(),
        transferred.copied(),
        transferred.damaged());
  }

  private Manifest snapshot(Path generation, Instant began) throws SQLException, IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (var settings = connection.createStatement()) {
        // The time an idle transaction may last is for those that were forgotten.
        settings.execute("set local idle_in_transaction_session_timeout = 0");
        settings.execute("set local synchronize_seqscans = off");
      }
      TableFiles tables = new TableFiles(connection);
      var schemas = tables.schemas();
      steps.reached("snapshot-taken");
      var written = tables.dump(generation);
      String listSha256;
      long count;
      long bytes;
      try (BlobList list = BlobList.create(generation)) {
        new DigestRows(JdbcClient.create(new SingleConnectionDataSource(connection, true)))
            .each(list::add);
        count = list.count();
        bytes = list.bytes();
        listSha256 = list.finish();
      }
      var sequences = tables.sequences();
      connection.rollback();
      return new Manifest(
          Manifest.FORMAT,
          BackupFolder.nameOf(generation),
          began.toString(),
          schemas,
          written,
          sequences,
          new Blobs(count, bytes, 0, listSha256));
    }
  }

  private static void prolong(BlobHold hold) {
    try {
      while (true) {
        Thread.sleep(PROLONGED_EVERY);
        try {
          hold.prolong();
        } catch (org.springframework.dao.DataAccessException _) {
          // Whether it lasted is asked at the end.
        }
      }
    } catch (InterruptedException _) {
      // The backup has ended.
    }
  }

  /** Regular files of a folder of ours, of which some may come and go. */
  static void copyTree(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    List<Path> all;
    try (var files = Files.walk(from, 4, new FileVisitOption[0])) {
      all = files.toList();
    } catch (java.io.UncheckedIOException e) {
      throw new IOException(e);
    }
    for (Path file : all) {
      Path target = to.resolve(from.relativize(file).toString());
      try {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.copy(
              file,
              target,
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES);
          Durable.force(target);
        }
      } catch (NoSuchFileException _) {
        // It went meanwhile.
      }
    }
  }

  /** Removes the oldest generations, then the blobs that no other names. */
  private static void prune(BackupFolder folder, int keep)
      throws IOException, InterruptedException {
    List<String> all = BackupFolder.generations(folder.root());
    if (all.size() <= keep) {
      return;
    }
    for (String old : all.subList(0, all.size() - keep)) {
      folder.remove(old);
    }
    Set<UUID> named = new HashSet<>();
    for (String kept : BackupFolder.generations(folder.root())) {
      Path generation = BackupFolder.generation(folder.root(), kept);
      BlobList.read(
          generation, Manifest.read(generation).blobs(), blob -> named.add(blob.key().id()));
    }
    BlobStore blobs = folder.blobs();
    Set<UUID> unnamed = new HashSet<>();
    blobs.list(blob -> {
      if (!named.contains(blob.key().id())) {
        unnamed.add(blob.key().id());
      }
    });
    for (UUID id : unnamed) {
      blobs.delete(new BlobKey(id));
    }
  }
}
