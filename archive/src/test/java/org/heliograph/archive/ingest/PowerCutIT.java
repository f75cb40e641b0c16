package org.heliograph.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The power fails at any file operation, and what was not forced to the disk is gone or torn. The
 * database is not cut here: it forces its own log.
 */
class PowerCutIT {
  private static final int CUTS = 12;
  private static final int SENDERS = 4;

  @TempDir private Path folder;
  private HikariDataSource database;
  private @Nullable Archive afterwards;
  private final Map<String, Dataset> sent = new ConcurrentHashMap<>();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.create();
  }

  @AfterEach
  void close() {
    if (afterwards != null) {
      afterwards.close();
    }
    database.close();
  }

  /** The archive with its power back; nothing is opened before the first cut. */
  private Archive afterwards() throws IOException {
    Archive open = afterwards;
    if (open == null) {
      open = archive(DurableFiles.SYSTEM, Duration.ofDays(1));
      afterwards = open;
    }
    return open;
  }

  @Test
  void what_was_answered_survives_a_power_cut_at_any_file_operation() throws Exception {
    long seed = System.nanoTime();
    System.out.println("PowerCutIT seed " + seed);
    var chance = new Random(seed);
    for (int cut = 0; cut < CUTS; cut++) {
      sendUntilThePowerFails(chance, disk -> disk);
      checkAnswered();
    }
    assertThat(answered).hasSizeGreaterThan(CUTS);
    assertThat(sent).hasSizeGreaterThan(answered.size());
    sendAgainWhatWasNotAnswered();
    checkNothingIsLeftOver();
  }

  @Test
  void this_disk_does_lose_what_is_not_forced() throws Exception {
    var chance = new Random(1);
    for (int cut = 0; cut < CUTS && lost().isEmpty(); cut++) {
      sendUntilThePowerFails(chance, Unforced::new);
    }
    assertThat(lost()).isNotEmpty();
  }

  /** A disk whose user forgets to force. */
  private record Unforced(DurableFiles disk) implements DurableFiles {
    @Override
    public FileChannel create(Path path) throws IOException {
      return disk.create(path);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
      disk.write(channel, bytes);
    }

    @Override
    public void force(FileChannel channel) {
      // forgotten
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      disk.rename(from, to);
    }

    @Override
    public void forceFolder(Path path) throws IOException {
      disk.forceFolder(path);
    }
  }

  private interface Use {
    DurableFiles of(LosingDisk disk);
  }

  private void sendUntilThePowerFails(Random chance, Use use) throws Exception {
    var disk = new LosingDisk(folder, chance, 40 + chance.nextInt(200));
    try (Archive archive = archive(use.of(disk), Duration.ofDays(1));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(threads.submit(() -> send(archive, disk)));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    } catch (IOException e) {
      assertThat(e).hasMessage("the power is off"); // while the archive was opening
    }
    disk.cut();
  }

  private Void send(Archive archive, LosingDisk disk) throws IOException {
    while (!disk.isOff()) {
      Dataset image = TestObjects.image();
      String uid = image.string(Tag.SOPInstanceUID, "");
      sent.put(uid, image);
      IngestResult result =
          archive.ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, image));
      if (result instanceof IngestResult.Stored) {
        answered.add(uid);
      } else {
        assertThat(result).isInstanceOf(IngestResult.Refused.class);
      }
    }
    return null;
  }

  /** All that the catalog names is there, byte for byte, and all that was answered is named. */
  private void checkAnswered() throws IOException {
    assertThat(lost()).isEmpty();
    for (String uid : catalogued()) {
      assertThat(content(uid)).isEqualTo(bytes(uid));
    }
  }

  /** Answered, and not to be had. */
  private List<String> lost() throws IOException {
    List<String> lost = new ArrayList<>();
    for (String uid : answered) {
      if (!Arrays.equals(content(uid), bytes(uid))) {
        lost.add(uid);
      }
    }
    return lost;
  }

  private byte[] content(String uid) throws IOException {
    Archive archive = afterwards();
    StoredInstance stored = archive.catalog().instance(SopInstanceUid.of(uid)).orElseThrow();
    try (var in = archive.retrieve().dataset(stored)) {
      return in.readAllBytes();
    } catch (IOException | IndexOutOfBoundsException _) {
      return new byte[0]; // gone, or cut short
    }
  }

  private byte[] bytes(String uid) {
    return TestObjects.encode(
        Objects.requireNonNull(sent.get(uid)), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
  }

  private Set<String> catalogued() {
    Set<String> uids = new HashSet<>();
    JdbcClient.create(database)
        .sql("select sop_instance_uid from archive.instance")
        .query(row -> {
          uids.add(row.getString(1));
        });
    return uids;
  }

  private void sendAgainWhatWasNotAnswered() throws IOException {
    Map<String, Dataset> again = new HashMap<>(sent);
    again.keySet().removeAll(answered);
    for (Dataset image : again.values()) {
      assertThat(afterwards().ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, image)))
          .isInstanceOfAny(IngestResult.Stored.class, IngestResult.AlreadyStored.class);
    }
    assertThat(catalogued()).containsExactlyInAnyOrderElementsOf(sent.keySet());
  }

  private void checkNothingIsLeftOver() throws IOException {
    try (Archive sweeper = archive(DurableFiles.SYSTEM, Duration.ofDays(-1))) {
      sweeper.sweep().run();
    }
    Set<UUID> present = new HashSet<>();
    FileSystemBlobStore.open(folder.resolve("blobs")).list(blob -> present.add(blob.key().id()));
    assertThat(present)
        .containsExactlyInAnyOrderElementsOf(
            JdbcClient.create(database)
                .sql("select blob_key from archive.instance")
                .query(UUID.class)
                .list());
    assertThat(folder.resolve("staging")).isEmptyDirectory();
  }

  private Archive archive(DurableFiles files, Duration sweepGrace) throws IOException {
    return Archive.open(
        database,
        FileSystemBlobStore.open(folder.resolve("blobs"), files),
        folder.resolve("staging"),
        InstantSource.system(),
        ArchiveSettings.defaults().withFiles(files).withSweepGrace(sweepGrace));
  }
}
