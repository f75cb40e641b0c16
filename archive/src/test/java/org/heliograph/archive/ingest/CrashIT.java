package org.heliograph.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.SopInstanceUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The archive's process is killed at each named step; its database forces its log to the disk. */
class CrashIT {
  @TempDir Path folder;

  @Test
  void nothing_answered_is_missing_and_nothing_is_doubled_after_a_kill_at_any_step()
      throws Exception {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      for (IngestStep step : IngestStep.values()) {
        for (int count : new int[] {1, 23}) {
          assertThat(run(url, step, count)).as("halted at %s", step).isEqualTo(137);
        }
      }
      checkEverythingAnsweredIsThereOnce(postgres);
    }
  }

  private int run(String url, IngestStep step, int count) throws Exception {
    Process sender =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CrashSender.class.getName(),
                url,
                folder.toString(),
                step.name(),
                Integer.toString(count))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sender.log").toFile())
            .start();
    try {
      assertThat(sender.waitFor(60, TimeUnit.SECONDS))
          .as(() -> "still running: " + tail())
          .isTrue();
      return sender.exitValue();
    } finally {
      sender.destroyForcibly();
    }
  }

  private String tail() {
    try {
      String log = Files.readString(folder.resolve("sender.log"));
      return log.substring(Math.max(0, log.length() - 2000));
    } catch (IOException e) {
      return "no log";
    }
  }

  private void checkEverythingAnsweredIsThereOnce(EmbeddedPostgres postgres) throws IOException {
    var database = postgres.getPostgresDatabase();
    var blobs = FileSystemBlobStore.open(folder.resolve("blobs"));
    JdbcClient jdbc = JdbcClient.create(database);
    List<String> answered = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder, "answered-*")) {
      for (Path file : files) {
        answered.addAll(Files.readAllLines(file));
      }
    }
    assertThat(answered).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    try (Archive sweeper =
        open(database, blobs, ArchiveSettings.defaults().withSweepGrace(Duration.ofDays(-1)))) {
      sweeper.sweep().run();
    }
    try (Archive archive = open(database, blobs, ArchiveSettings.defaults())) {
      for (String uid : answered) {
        checkStored(archive, uid);
      }
      // What was not answered is absent or whole, and sending it again settles it.
      try (var files = Files.newDirectoryStream(folder, "sent-*")) {
        for (Path file : files) {
          var again =
              archive
                  .ingest()
                  .ingestPartTen(
                      TestObjects.SITE_A,
                      "upload",
                      new ByteArrayInputStream(Files.readAllBytes(file)));
          assertThat(again)
              .isInstanceOfAny(IngestResult.Stored.class, IngestResult.AlreadyStored.class);
          checkStored(archive, file.getFileName().toString().substring("sent-".length()));
        }
      }
    }
    assertThat(folder.resolve("staging")).isEmptyDirectory();
    Set<Object> named = new HashSet<>();
    jdbc.sql("select blob_key from archive.instance")
        .query(java.util.UUID.class)
        .list()
        .forEach(named::add);
    Set<Object> present = new HashSet<>();
    blobs.list(blob -> present.add(blob.key().id()));
    assertThat(present).isEqualTo(named);
    assertThat(jdbc.sql("select count(*) from archive.outbox").query(Long.class).single())
        .isEqualTo(named.size());
  }

  private Archive open(DataSource database, FileSystemBlobStore blobs, ArchiveSettings settings)
      throws IOException {
    return Archive.open(
        database, blobs, folder.resolve("staging"), InstantSource.system(), settings);
  }

  private void checkStored(Archive archive, String uid) throws IOException {
    StoredInstance stored = archive.catalog().instance(SopInstanceUid.of(uid)).orElseThrow();
    try (var in = archive.retrieve().dataset(stored)) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(folder.resolve("sent-" + uid)));
    }
  }
}
