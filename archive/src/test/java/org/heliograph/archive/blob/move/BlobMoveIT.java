package org.heliograph.archive.blob.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.blob.StoredBlob;
import org.heliograph.archive.blob.move.MoveStatus.State;
import org.heliograph.archive.blob.move.StoreRows.Opening;
import org.heliograph.archive.blob.s3.FakeS3;
import org.heliograph.archive.blob.s3.S3BlobStore;
import org.heliograph.archive.blob.s3.S3Limits;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From a folder to S3 while the archive serves. */
class BlobMoveIT {
  private static final String TARGET = "s3://bucket";

  @TempDir Path folder;
  private HikariDataSource database;
  private FakeS3 server;
  private BlobStore source;
  private S3BlobStore target;
  private MoveOrders orders;
  private StoreRows places;
  private final List<Dataset> sent = new ArrayList<>();

  @BeforeEach
  void store() throws Exception {
    database = TestDatabase.create();
    Archive.migrate(database);
    var jdbc = JdbcClient.create(database);
    var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    server = FakeS3.start();
    source = FileSystemBlobStore.open(folder.resolve("blobs"));
    target = S3BlobStore.open(server.settings(S3Limits.defaults()));
    orders = new MoveOrders(jdbc, transaction, InstantSource.system());
    places = new StoreRows(jdbc, transaction);
    places.use(StoreRows.FILE, InstantSource.system().instant());
    try (Archive archive = open(source)) {
      for (int i = 0; i < 12; i++) {
        send(archive);
      }
    }
  }

  @AfterEach
  void close() {
    target.close();
    server.close();
    database.close();
  }

  @Test
  void goes_on_after_a_kill_at_any_step() throws Exception {
    assertThat(places.use(TARGET, InstantSource.system().instant()))
        .isEqualTo(new Opening.With(StoreRows.FILE));
    assertThat(orders.begin(1L << 40)).isTrue();

    for (MoveStep step : MoveStep.values()) {
      assertThat(run(step)).as("halted at %s", step).isEqualTo(137);
    }
    try (Archive archive = open(new MovingBlobStore(source, target))) {
      await().until(() -> orders.status().state() == State.DONE);

      MoveStatus status = orders.status();
      assertThat(status.copied()).isEqualTo(12);
      assertThat(status.waiting() + status.gone() + status.damaged()).isZero();
      assertThat(keys(target)).containsExactlyInAnyOrderElementsOf(keys(source));
      checkAll(archive);

      assertThat(orders.dropSource()).isTrue();
      await().until(() -> orders.status().state() == State.DROPPED);
    }
    assertThat(keys(source)).as("the source's files stay for the operator").hasSize(12);
    try (Archive archive = open(target)) {
      checkAll(archive);
    }
    assertThat(places.use(TARGET, InstantSource.system().instant())).isEqualTo(new Opening.Alone());
  }

  @Test
  void serves_old_and_new_blobs_while_it_moves_and_takes_what_another_process_wrote()
      throws Exception {
    places.use(TARGET, InstantSource.system().instant());
    try (Archive archive = open(new MovingBlobStore(source, target))) {
      checkAll(archive);
      send(archive);
      assertThat(keys(target)).hasSize(1);

      orders.begin(1L << 40);
      send(archive);
      await().until(() -> orders.status().state() == State.DONE);
      checkAll(archive);
      assertThat(keys(target)).hasSize(14);

      // A hub that was not restarted yet still writes to the folder.
      try (Archive late = open(source)) {
        send(late);
      }
      orders.dropSource();
      await().until(() -> orders.status().state() == State.DONE && orders.status().copied() == 13);
      orders.dropSource();
      await().until(() -> orders.status().state() == State.DROPPED);
      checkAll(archive);
    }
  }

  @Test
  void a_damaged_blob_is_told_and_keeps_the_source() throws Exception {
    UUID victim = keys(source).getFirst();
    String name = victim.toString();
    Path file = folder.resolve("blobs").resolve(name.substring(0, 3)).resolve(name);
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(2000);
      int was = bytes.read();
      bytes.seek(2000);
      bytes.write(was ^ 1);
    }
    places.use(TARGET, InstantSource.system().instant());
    orders.begin(1L << 40);
    try (Archive _ = open(new MovingBlobStore(source, target))) {
      await().until(() -> orders.status().state() == State.DONE);
    }

    assertThat(orders.status().damaged()).isEqualTo(1);
    assertThat(orders.status().copied()).isEqualTo(11);
    assertThat(orders.dropSource()).isFalse();
    assertThat(keys(target)).doesNotContain(victim);
    assertThat(
            JdbcClient.create(database)
                .sql("select count(*) from archive.alert where kind = 'BLOB_DAMAGED'")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void waits_while_the_target_is_away_and_goes_on_by_itself() throws Exception {
    places.use(TARGET, InstantSource.system().instant());
    server.setDown(true);
    orders.begin(1L << 40);
    try (S3BlobStore impatient = S3BlobStore.open(server.settings(impatient()));
        Archive archive = open(new MovingBlobStore(source, impatient))) {
      await().until(impatient::isAway);
      checkAll(archive);
      assertThat(orders.status().copied()).isZero();

      server.setDown(false);
      await().until(() -> orders.status().state() == State.DONE);
      assertThat(orders.status().copied()).isEqualTo(12);
    }
  }

  @Test
  void a_second_move_is_refused_until_the_first_has_ended() {
    places.use(TARGET, InstantSource.system().instant());

    assertThat(places.use("s3://elsewhere", InstantSource.system().instant()))
        .isEqualTo(new Opening.Refused(TARGET, StoreRows.FILE));
    assertThat(places.use(StoreRows.FILE, InstantSource.system().instant()))
        .isEqualTo(new Opening.Refused(TARGET, StoreRows.FILE));
    assertThat(places.use(TARGET, InstantSource.system().instant()))
        .isEqualTo(new Opening.With(StoreRows.FILE));
  }

  private static S3Limits impatient() {
    return new S3Limits(
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofMillis(300),
        8,
        32L << 20,
        16L << 20);
  }

  private Archive open(BlobStore blobs) throws IOException {
    return Archive.open(
        database,
        blobs,
        folder.resolve("staging"),
        InstantSource.system(),
        ArchiveSettings.defaults());
  }

  private void send(Archive archive) throws IOException {
    Dataset image = TestObjects.image();
    assertThat(archive.ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, image)))
        .isInstanceOf(IngestResult.Stored.class);
    sent.add(image);
  }

  private void checkAll(Archive archive) throws IOException {
    for (Dataset image : sent) {
      var stored =
          archive
              .catalog()
              .instance(SopInstanceUid.of(image.string(Tag.SOPInstanceUID, "")))
              .orElseThrow();
      try (var in = archive.retrieve().dataset(stored)) {
        assertThat(in.readAllBytes())
            .isEqualTo(TestObjects.encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
      }
    }
  }

  private static List<UUID> keys(BlobStore store) throws IOException {
    List<UUID> keys = new ArrayList<>();
    store.list(blob -> keys.add(key(blob)));
    return keys;
  }

  private static UUID key(StoredBlob blob) {
    BlobKey key = blob.key();
    return key.id();
  }

  private int run(MoveStep step) throws Exception {
    Path log = folder.resolve("move.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MoveProcess.class.getName(),
                database.getJdbcUrl(),
                folder.toString(),
                server.settings(S3Limits.defaults()).endpoint().toString(),
                step.name(),
                step == MoveStep.LISTED || step == MoveStep.COPIED_ALL ? "1" : "2")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("still running").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
