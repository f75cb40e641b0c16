package org.heliograph.reader.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.heliograph.archive.Archive;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.Ingest;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.integrity.BlobHold;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.CtStudies.Slice;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.TestDatabase;
import org.heliograph.reader.backup.BackupFolder;
import org.heliograph.reader.backup.Rehearsal;
import org.heliograph.reader.console.ConsoleRun.Said;
import org.heliograph.reader.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Backups under load, restored, rehearsed, damaged and killed. */
class BackupIT {
  @TempDir private Path folder;

  private ConsoleRun hub;
  private UUID site;
  private Path backup;

  @BeforeEach
  void a_hub() {
    hub = new ConsoleRun(folder.resolve("data"));
    site = hub.site("HILL");
    backup = folder.resolve("backup");
  }

  private Set<String> store(List<Slice> slices, AtomicBoolean stop, Set<String> acknowledged)
      throws IOException {
    try (Ingest ingest =
        Archive.openIngest(
            hub.source(),
            FileSystemBlobStore.open(hub.data().resolve("blobs")),
            hub.data().resolve("staging"),
            InstantSource.system())) {
      for (Slice slice : slices) {
        if (stop.get()) {
          break;
        }
        IngestResult result =
            ingest
                .instances()
                .ingest(
                    new Incoming(
                        site,
                        "TEST",
                        CtStudies.SYNTAX,
                        CtStudies.SOP_CLASS,
                        slice.instance(),
                        new ByteArrayInputStream(CtStudies.encode(slice.dataset()))));
        assertThat(result).isInstanceOf(IngestResult.Stored.class);
        acknowledged.add(slice.digest());
      }
    }
    return acknowledged;
  }

  private Set<String> store(int instances) throws IOException {
    return store(CtStudies.interleaved(2, instances / 2, 32), new AtomicBoolean(), new TreeSet<>());
  }

  private Path generation() throws IOException {
    return BackupFolder.generation(backup, null);
  }

  @Test
  void under_load_nothing_acknowledged_before_the_start_is_missing() throws Exception {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicBoolean stop = new AtomicBoolean();
    Thread load =
        Thread.ofVirtual()
            .start(() -> {
              try {
                store(CtStudies.interleaved(4, 500, 16), stop, acknowledged);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() >= 20);
    Set<String> before = new HashSet<>(acknowledged);

    Said said = hub.run("backup", "--to", backup);
    stop.set(true);
    load.join();

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
    ConsoleRun restored = new ConsoleRun(folder.resolve("restored"));
    Said back = restored.run("restore", "--from", backup);
    assertThat(back.code()).as(back.out() + back.err()).isEqualTo(ExitCode.OK);
    assertThat(digests(restored)).containsAll(before);
    assertThat(acknowledged).containsAll(digests(restored));
    Said out =
        restored.run("export", "--site", "HILL", "--as", "folder", "--to", folder.resolve("out"));
    assertThat(out.code()).as("every blob is whole: " + out.out()).isEqualTo(ExitCode.OK);
    assertThat(restored.count("select count(*) from reading.audit_event where detail = 'RESTORED'"))
        .isOne();
    assertThat(restored.run("restore", "--from", backup).err()).contains("not empty");
    // Ids go on where they were.
    hub = restored;
    assertThat(store(2)).hasSize(2);
  }

  @Test
  void the_second_backup_copies_what_is_new_and_old_generations_go() throws Exception {
    store(6);
    assertThat(hub.run("backup", "--to", backup).out()).contains("copied now 6");
    Set<String> more = store(2);
    assertThat(more).hasSize(2);
    assertThat(hub.run("backup", "--to", backup).out()).contains("copied now 2");
    JdbcClient.create(hub.source())
        .sql(
            "delete from archive.outbox; delete from archive.frame_index;"
                + " delete from archive.instance_header; delete from archive.instance")
        .update();
    assertThat(hub.run("backup", "--to", backup, "--keep", 2).out()).contains("copied now 0");
    assertThat(BackupFolder.generations(backup)).hasSize(2);
    assertThat(blobs()).hasSize(8);
    assertThat(hub.run("backup", "--to", backup, "--keep", 1).code()).isEqualTo(ExitCode.OK);
    assertThat(blobs()).isEmpty();
    assertThat(hub.run("backup", "--to", folder).err()).contains("neither empty nor a backup");
  }

  @Test
  void nothing_is_swept_while_a_backup_holds() throws Exception {
    store(2);
    Path orphan = hub.data().resolve("blobs/abc/abc00000-0000-4000-8000-000000000000");
    Files.createDirectories(orphan.getParent());
    Files.writeString(orphan, "x");
    Files.setLastModifiedTime(orphan, java.nio.file.attribute.FileTime.fromMillis(0));
    try (Ingest ingest =
        Archive.openIngest(
            hub.source(),
            FileSystemBlobStore.open(hub.data().resolve("blobs")),
            hub.data().resolve("staging"),
            InstantSource.system())) {
      try (BlobHold hold = BlobHold.take(JdbcClient.create(hub.source()))) {
        assertThat(ingest.sweep().run().blobs()).isZero();
        assertThat(hold.prolong()).isTrue();
      }
      assertThat(ingest.sweep().run().blobs()).isOne();
    }
  }

  @Test
  void a_rehearsal_passes_and_fails_when_anything_is_damaged() throws Exception {
    store(6);
    hub.run("backup", "--to", backup);
    Rehearsal.Report first = rehearse();
    assertThat(first.passed()).as(first.lines().toString()).isTrue();

    Path blob = blobs().getFirst();
    byte[] sound = Files.readAllBytes(blob);
    byte[] damaged = sound.clone();
    damaged[damaged.length - 3] ^= 1;
    Files.write(blob, damaged);
    assertThat(rehearse().passed()).as("a damaged blob").isFalse();
    Files.write(blob, sound);

    Path rows = generation().resolve("archive.series.copy.gz");
    byte[] table = Files.readAllBytes(rows);
    rewrite(rows, text -> text.replaceFirst("HEAD", "HAND"));
    assertThat(rehearse().passed()).as("one row that is another").isFalse();
    Files.write(rows, java.util.Arrays.copyOf(table, table.length - 9));
    assertThat(rehearse().passed()).as("a file cut off").isFalse();
    Files.write(rows, table);
    Path manifest = generation().resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"rows\" : 6", "\"rows\" : 7"));
    assertThat(rehearse().passed()).as("another manifest").isFalse();
  }

  @Test
  void the_command_rehearses_on_a_server_of_its_own_and_it_is_on_record() throws Exception {
    store(4);
    hub.run("backup", "--to", backup);

    Said said = hub.run("backup", "rehearse", "--from", backup, "--all", "--work", work());

    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
    assertThat(said.out()).contains("4 of 4 read", "2 instances, first frames of 2", "PASS  ");
    assertThat(
            hub.count(
                "select count(*) from reading.backup_run where passed and kind = 'REHEARSAL'"))
        .isOne();
    assertThat(Files.readString(backup.resolve("rehearsals.log"))).contains(" PASS");
    try (var left = Files.list(work())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void killed_backup_and_restore_go_on() throws Exception {
    Set<String> stored = store(8);
    hub.killedAt("blob-sealed", 3, "backup", "--to", backup);
    assertThat(BackupFolder.generations(backup)).isEmpty();
    hub.killedAt("manifest-written", 1, "backup", "--to", backup);
    assertThat(BackupFolder.generations(backup)).isEmpty();
    Said said = hub.run("backup", "--to", backup);
    assertThat(said.out()).as(said.err()).contains("copied now 0");
    assertThat(BackupFolder.generations(backup)).hasSize(1);

    ConsoleRun restored = new ConsoleRun(folder.resolve("restored"));
    restored.killedAt("blob-copied", 3, "restore", "--from", backup);
    restored.killedAt("rows-loaded", 1, "restore", "--from", backup);
    restored.killedAt("rows-restored", 1, "restore", "--from", backup);
    Said back = restored.run("restore", "--from", backup);
    assertThat(back.code()).as(back.out() + back.err()).isEqualTo(ExitCode.OK);
    assertThat(digests(restored)).isEqualTo(stored);
    assertThat(restored.count("select count(*) from archive.instance")).isEqualTo(8);
  }

  private Path work() throws IOException {
    // PostgreSQL may run as another user.
    Files.setPosixFilePermissions(
        folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
    return Files.createDirectories(folder.resolve("work"));
  }

  private Rehearsal.Report rehearse() throws Exception {
    try (Progress progress =
        new Progress(
            new java.io.PrintStream(java.io.OutputStream.nullOutputStream()),
            Progress.Shown.LINES,
            "")) {
      return new Rehearsal(
              backup,
              generation(),
              new DriverManagerDataSource(TestDatabase.createUrl(), "postgres", ""),
              progress)
          .run(1);
    }
  }

  private static void rewrite(Path zipped, java.util.function.UnaryOperator<String> change)
      throws IOException {
    String text;
    try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(zipped))) {
      text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(change.apply(text).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private List<Path> blobs() throws IOException {
    try (var all = Files.walk(backup.resolve("blobs"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static Set<String> digests(ConsoleRun from) {
    return new TreeSet<>(
        JdbcClient.create(from.source())
            .sql("select encode(digest, 'hex') from archive.instance")
            .query(String.class)
            .list());
  }
}
