package org.heliograph.reader.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.backup.BlobTransfer.Transferred;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.heliograph.reader.settings.DataFolder;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Restores a generation into an empty data folder, or database and store: first the blobs, then in
 * one transaction the rows. Ended anywhere and run again it goes on; a hub does not start on a
 * folder where it has not ended.
 */
public final class Restore {
  private final Path root;
  private final Path generation;
  private final DataFolder data;
  private final Progress progress;
  private final Steps steps;

  /**
   * Prepares it.
   *
   * @param root the folder of the backup
   * @param generation of it
   */
  public Restore(Path root, Path generation, DataFolder data, Progress progress, Steps steps) {
    this.root = root;
    this.generation = generation;
    this.data = data;
    this.progress = progress;
    this.steps = steps;
  }

  /** What was restored. */
  public record Restored(String generation, long rows, long blobs, long bytes, long missing) {}

  /**
   * Refuses a folder that something is in, unless it is from an earlier run of this restore; marks
   * it as unfinished.
   */
  public void begin() throws IOException {
    String name = String.valueOf(generation.getFileName());
    if (Files.isDirectory(data.root())) {
      boolean ours =
          Files.exists(data.unfinishedRestore())
              && Files.readString(data.unfinishedRestore()).strip().equals(name);
      try (var entries = Files.list(data.root())) {
        if (!ours && entries.findAny().isPresent()) {
          throw new BackupException(
              "The folder " + data.root() + " is not empty. Name a new one with --data.");
        }
      }
    }
    Files.createDirectories(data.root());
    Durable.write(data.unfinishedRestore(), (name + "\n").getBytes(StandardCharsets.US_ASCII));
    Durable.forceFolder(data.root());
    data.create();
  }

  /**
   * Restores.
   *
   * @param location of the store, as the hub notes it
   */
  public Restored run(DataSource database, BlobStore blobs, String location)
      throws IOException, SQLException, InterruptedException {
    Manifest manifest = Manifest.read(generation);
    DatabaseLoad load = new DatabaseLoad(database);
    if (load.holdsRows(manifest) && !isComplete(database)) {
      throw new BackupException("The database is not empty. Name another one.");
    }
    StagingFolder staging = StagingFolder.open(data.staging(), DurableFiles.SYSTEM);
    steps.reached("restore-begun");
    Transferred transferred =
        new BlobTransfer(BackupFolder.blobs(root), blobs, staging, progress, steps)
            .run(generation, manifest.blobs());
    Backup.copyTree(generation.resolve("uploads"), data.uploads());
    Backup.copyTree(generation.resolve("secrets"), data.secrets());
    steps.reached("blobs-restored");
    if (!load.holdsRows(manifest)) {
      load.run(
          generation,
          manifest,
          connection -> {
            note(connection, location);
            steps.reached("rows-loaded");
          });
    }
    steps.reached("rows-restored");
    Files.delete(data.unfinishedRestore());
    Durable.forceFolder(data.root());
    return new Restored(
        manifest.generation(),
        manifest.rows(),
        manifest.blobs().count(),
        manifest.blobs().bytes(),
        transferred.damaged());
  }

  /** An earlier run of this restore committed the rows and was ended before it could say so. */
  private boolean isComplete(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement question =
            connection.prepareStatement(
                "select exists (select 1 from reading.audit_event"
                    + " where object_kind = 'backup' and object_id = ? and detail = 'RESTORED')")) {
      question.setString(1, String.valueOf(generation.getFileName()));
      try (var answer = question.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  /** All blobs are in one place now; who restored is on record with the rows. */
  private void note(Connection connection, String location) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("delete from archive.blob_copy");
      statement.execute("delete from archive.blob_move");
      statement.execute("delete from archive.blob_store");
    }
    try (PreparedStatement store =
        connection.prepareStatement(
            "insert into archive.blob_store (location, state, since)"
                + " values (?, 'IN_USE', clock_timestamp())")) {
      store.setString(1, location);
      store.executeUpdate();
    }
    AuditTrail.over(new SingleConnectionDataSource(connection, true))
        .record(
            AuditEvent.of(AuditKind.IMPORT, AuditAction.CREATE)
                .about("backup", String.valueOf(generation.getFileName()))
                .detail("RESTORED")
                .by(null, "console")
                .from("127.0.0.1"));
  }
}
