package org.heliograph.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.s3.FakeS3;
import org.heliograph.archive.blob.s3.FakeS3.Fault;
import org.heliograph.archive.blob.s3.S3BlobStore;
import org.heliograph.archive.blob.s3.S3Limits;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The object store answers badly, then not at all, then again, while four senders send. */
class ObjectStoreOutageIT {
  private static final int SENDERS = 4;
  private static final int EACH = 25;
  private static final Duration OUTAGE = Duration.ofSeconds(3);
  private static final S3Limits LIMITS =
      new S3Limits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          16,
          32L << 20,
          16L << 20);

  @TempDir Path folder;
  private HikariDataSource database;
  private FakeS3 server;
  private S3BlobStore store;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.create();
    server = FakeS3.start();
    store = S3BlobStore.open(server.settings(LIMITS));
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
    database.close();
  }

  @Test
  void nothing_acknowledged_is_lost_refusals_say_later_and_service_returns_by_itself()
      throws Exception {
    for (int i = 0; i < 15; i++) {
      server.spoil("PUT", Fault.UNAVAILABLE, Fault.LOST_ANSWER, Fault.NONE, Fault.RESET);
      server.spoil("HEAD", Fault.UNAVAILABLE, Fault.NONE, Fault.NONE);
    }
    Map<String, Dataset> acknowledged = new ConcurrentHashMap<>();
    Set<RefusalReason> reasons = ConcurrentHashMap.newKeySet();
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch someStored = new CountDownLatch(20);
    try (Archive archive = archive(ArchiveSettings.defaults());
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sender = 0; sender < SENDERS; sender++) {
        var _ =
            senders.submit(() -> {
              for (int i = 0; i < EACH; i++) {
                Dataset image = TestObjects.image();
                while (!stored(archive, image, reasons)) {
                  refused.incrementAndGet();
                }
                acknowledged.put(image.string(Tag.SOPInstanceUID, ""), image);
                someStored.countDown();
              }
              return null;
            });
      }
      assertThat(someStored.await(60, TimeUnit.SECONDS)).isTrue();
      server.setDown(true);
      boolean _ = new CountDownLatch(1).await(OUTAGE.toMillis(), TimeUnit.MILLISECONDS);
      server.setDown(false);
      senders.shutdown();
      assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).as("served again").isTrue();

      assertThat(acknowledged).hasSize(SENDERS * EACH);
      assertThat(refused).hasPositiveValue();
      assertThat(reasons).containsExactly(RefusalReason.STORE_UNAVAILABLE);
      for (var sent : acknowledged.entrySet()) {
        check(archive, sent.getKey(), sent.getValue());
      }
    }
    checkOrphans();
  }

  private void checkOrphans() throws IOException {
    try (Archive archive =
        archive(ArchiveSettings.defaults().withSweepGrace(Duration.ofDays(-1)))) {
      archive.sweep().run();
    }
    Set<UUID> present = new HashSet<>();
    store.list(blob -> present.add(blob.key().id()));
    assertThat(present)
        .isEqualTo(
            new HashSet<>(
                JdbcClient.create(database)
                    .sql("select blob_key from archive.instance")
                    .query((row, _) -> row.getObject(1, UUID.class))
                    .list()));
    assertThat(folder.resolve("staging")).isEmptyDirectory();
  }

  private static boolean stored(Archive archive, Dataset image, Set<RefusalReason> reasons)
      throws IOException {
    return switch (archive.ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, image))) {
      case IngestResult.Stored _, IngestResult.AlreadyStored _ -> true;
      case IngestResult.Refused no -> {
        reasons.add(no.reason());
        yield false;
      }
      case IngestResult.Quarantined _ -> throw new IllegalStateException("quarantined");
    };
  }

  private static void check(Archive archive, String uid, Dataset image) throws IOException {
    var stored = archive.catalog().instance(SopInstanceUid.of(uid)).orElseThrow();
    try (var in = archive.retrieve().dataset(stored)) {
      assertThat(in.readAllBytes())
          .isEqualTo(TestObjects.encode(image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
    }
  }

  private Archive archive(ArchiveSettings settings) throws IOException {
    return Archive.open(
        database, store, folder.resolve("staging"), InstantSource.system(), settings);
  }
}
