package org.heliograph.archive.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.blob.s3.FakeS3;
import org.heliograph.archive.blob.s3.S3BlobStore;
import org.heliograph.archive.blob.s3.S3Limits;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.QuarantineReason;
import org.heliograph.archive.integrity.StoredDigest.Phase;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Bit rot in an object store is found, told, and nothing is deleted. */
class ScrubIT {
  private static final ScrubSettings WEEKLY = new ScrubSettings(1 << 20, Duration.ofDays(7));
  private static final S3Limits IMPATIENT =
      new S3Limits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          8,
          32L << 20,
          16L << 20);

  @TempDir Path folder;
  private HikariDataSource database;
  private JdbcClient jdbc;
  private FakeS3 server;
  private S3BlobStore store;
  private Instant now = Instant.parse("2026-05-06T07:08:09Z");
  private long slept;
  private final InstantSource clock = () -> now;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.create();
    jdbc = JdbcClient.create(database);
    server = FakeS3.start();
    store = S3BlobStore.open(server.settings(IMPATIENT));
    try (Archive archive =
        Archive.open(
            database,
            store,
            folder.resolve("staging"),
            InstantSource.system(),
            ArchiveSettings.defaults())) {
      Dataset image = TestObjects.image();
      archive.ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, image));
      for (int i = 0; i < 39; i++) {
        archive.ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, TestObjects.image()));
      }
      Dataset other = image.toBuilder().bytes(Tag.PixelData, Vr.OW, new byte[64 * 80 * 2]).build();
      assertThat(archive.ingest().ingest(TestObjects.incoming(TestObjects.SITE_A, other)))
          .isInstanceOfSatisfying(
              IngestResult.Quarantined.class,
              apart ->
                  assertThat(apart.reason())
                      .isEqualTo(QuarantineReason.DIFFERENT_BYTES_FOR_SAME_UID));
    }
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
    database.close();
  }

  @Test
  void a_sound_archive_has_no_findings_and_is_read_at_the_set_pace() throws Exception {
    assertThat(scrub().runIfDue()).isTrue();

    ScrubStatus status = Scrub.status(jdbc, clock);
    assertThat(status.openFindings()).isZero();
    assertThat(status.pass()).isEqualTo(1);
    assertThat(status.phase()).isEqualTo(Phase.ENDED);
    assertThat(status.blobs()).isEqualTo(41);
    assertThat(slept / 1e9)
        .isBetween(status.bytes() * 0.9 / (1 << 20), status.bytes() * 1.1 / (1 << 20));
    assertThat(scrub().runIfDue()).as("not due for a week").isFalse();
    now = now.plus(Duration.ofDays(8));
    assertThat(scrub().runIfDue()).isTrue();
    assertThat(Scrub.status(jdbc, clock).pass()).isEqualTo(2);
  }

  @Test
  void finds_every_flipped_bit_and_missing_blob_and_deletes_nothing() throws Exception {
    List<UUID> keys = keys("instance");
    int at = 0;
    for (UUID key : keys.subList(0, 8)) {
      // in the preamble, the head's length, the data set's first and last bytes
      server.flipBit(key, new int[] {5, 141, 700, 10_000}[at++ % 4]);
    }
    server.remove(keys.get(20));
    UUID apart = keys("quarantine").getFirst();
    server.flipBit(apart, 9000);
    int before = server.objectCount();

    scrub().runIfDue();

    assertThat(findings("DAMAGED")).hasSize(9).contains(apart).containsAll(keys.subList(0, 8));
    assertThat(findings("MISSING")).containsExactly(keys.get(20));
    assertThat(Scrub.status(jdbc, clock).openFindings()).isEqualTo(10);
    assertThat(server.objectCount()).isEqualTo(before);
    assertThat(count("select count(*) from archive.alert where kind like 'BLOB%'")).isEqualTo(10);

    now = now.plus(Duration.ofDays(8));
    server.flipBit(apart, 9000);
    scrub().runIfDue();

    assertThat(Scrub.status(jdbc, clock).openFindings()).isEqualTo(9);
    assertThat(count("select count(*) from archive.alert where kind like 'BLOB%'"))
        .as("the same finding raises one alert")
        .isEqualTo(10);
  }

  @Test
  void a_store_that_is_away_is_no_finding_and_the_pass_goes_on_where_it_was() throws Exception {
    assertThatThrownBy(() -> failingAfter(35).runIfDue())
        .isInstanceOf(StoreUnavailableException.class);
    ScrubStatus half = Scrub.status(jdbc, clock);
    assertThat(half.phase()).isEqualTo(Phase.INSTANCE);
    assertThat(half.blobs()).isEqualTo(32);
    assertThat(half.openFindings()).isZero();

    server.setDown(false);
    scrub().runIfDue();

    assertThat(Scrub.status(jdbc, clock).blobs()).isEqualTo(41);
    assertThat(Scrub.status(jdbc, clock).openFindings()).isZero();
  }

  @Test
  void one_process_scrubs_at_a_time() throws Exception {
    try (OneProcess _ = OneProcess.take(database, OneProcess.Job.SCRUB).orElseThrow()) {
      assertThat(scrub().runIfDue()).isFalse();
    }
    assertThat(scrub().runIfDue()).isTrue();
  }

  private Scrub failingAfter(int blobs) {
    return new Scrub(
        database,
        store,
        clock,
        WEEKLY,
        new Pace.Sleeper() {
          private int count;

          @Override
          public long nanoTime() {
            if (++count == blobs) {
              server.setDown(true);
            }
            return count;
          }

          @Override
          public void sleep(Duration time) {}
        });
  }

  private Scrub scrub() {
    return new Scrub(
        database,
        store,
        clock,
        WEEKLY,
        new Pace.Sleeper() {
          @Override
          public long nanoTime() {
            return slept;
          }

          @Override
          public void sleep(Duration time) {
            slept += time.toNanos();
          }
        });
  }

  private List<UUID> keys(String table) {
    String question =
        table.equals("instance")
            ? "select blob_key from archive.instance order by id"
            : "select blob_key from archive.quarantine order by id";
    return jdbc.sql(question).query((row, _) -> row.getObject(1, UUID.class)).list();
  }

  private List<UUID> findings(String kind) {
    return jdbc.sql("select blob_key from archive.integrity_finding where kind = :kind")
        .param("kind", kind)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  private long count(String question) {
    return jdbc.sql(question).query(Long.class).single();
  }
}
