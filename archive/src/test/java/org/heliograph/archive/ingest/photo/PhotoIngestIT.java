package org.heliograph.archive.ingest.photo;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.archive.Archive;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.QuarantineReason;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.archive.render.RenderRequest;
import org.heliograph.archive.render.RenderedPicture;
import org.heliograph.dicom.durable.DurableFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class PhotoIngestIT {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-05-06T07:08:09Z"));

  @TempDir Path folder;
  private HikariDataSource database;
  private BlobStore blobs;
  private Archive archive;

  @BeforeEach
  void open() throws IOException, SQLException {
    database = TestDatabase.create();
    blobs = FileSystemBlobStore.open(folder.resolve("blobs"));
    archive = Archive.open(database, blobs, folder.resolve("staging"), CLOCK);
  }

  @AfterEach
  void close() {
    archive.close();
    database.close();
  }

  @Test
  void a_photo_is_an_instance_of_the_study_and_its_original_is_kept() throws Exception {
    Path file = Photos.path("orientation/Landscape_6.jpg");

    PhotoResult result = archive.photos().ingest(file, Photos.header("2.25.7001"));

    assertThat(result)
        .isInstanceOfSatisfying(
            PhotoResult.Stored.class,
            stored -> {
              assertThat(stored.width()).isEqualTo(1800);
              assertThat(stored.height()).isEqualTo(1200);
              assertThat(stored.warnings()).isEmpty();
              assertThat(stored.instance().study()).isEqualTo(Photos.header("2.25.1").study());
            });
    long id = ((PhotoResult.Stored) result).instance().instanceId();
    StoredInstance instance = archive.catalog().instance(id).orElseThrow();
    RenderedPicture whole = archive.render().frame(instance, 1, RenderRequest.whole());
    assertThat(whole.width()).isEqualTo(1800);
    try (var original = blobs.open(archive.photos().original(id).orElseThrow())) {
      assertThat(original.readAllBytes()).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void the_same_upload_again_is_stored_once() throws Exception {
    Path file = Photos.path("dermoscopy-ISIC_0009995.jpg");

    PhotoResult first = archive.photos().ingest(file, Photos.header("2.25.7002"));
    PhotoResult again = archive.photos().ingest(file, Photos.header("2.25.7002"));

    assertThat(first).isInstanceOf(PhotoResult.Stored.class);
    assertThat(again).isInstanceOf(PhotoResult.AlreadyStored.class);
    AtomicInteger count = new AtomicInteger();
    blobs.list(_ -> count.incrementAndGet());
    assertThat(count).as("the image and one original").hasValue(2);
  }

  @Test
  void the_same_file_in_two_cases_has_an_original_in_each() throws Exception {
    Path file = Photos.path("dermoscopy-ISIC_0009995.jpg");

    var one = (PhotoResult.Stored) archive.photos().ingest(file, Photos.header("2.25.7003"));
    var two = (PhotoResult.Stored) archive.photos().ingest(file, Photos.header("2.25.7004"));

    assertThat(archive.photos().original(one.instance().instanceId())).isPresent();
    assertThat(archive.photos().original(two.instance().instanceId())).isPresent();
  }

  @Test
  void another_photo_under_the_same_uid_is_quarantined() throws Exception {
    archive.photos().ingest(Photos.path("dermoscopy-ISIC_0009995.jpg"), Photos.header("2.25.7005"));

    PhotoResult other =
        archive
            .photos()
            .ingest(Photos.path("orientation/Landscape_1.jpg"), Photos.header("2.25.7005"));

    assertThat(other)
        .isInstanceOfSatisfying(
            PhotoResult.Quarantined.class,
            q -> assertThat(q.reason()).isEqualTo(QuarantineReason.DIFFERENT_BYTES_FOR_SAME_UID));
  }

  @Test
  void refusals_keep_nothing() throws Exception {
    Path huge = folder.resolve("huge.jpg");
    try (var channel =
        Files.newByteChannel(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.position(100_000_000 - 1);
      channel.write(ByteBuffer.wrap(new byte[1]));
    }

    assertThat(archive.photos().ingest(huge, Photos.header("2.25.7006")))
        .isEqualTo(new PhotoResult.Refused(PhotoRefusal.TOO_MANY_BYTES));
    assertThat(archive.photos().ingest(Photos.path("iphone-gps.heic"), Photos.header("2.25.7006")))
        .isEqualTo(new PhotoResult.Refused(PhotoRefusal.HEIC));
    PhotoIngest full =
        new PhotoIngest(
            _ -> new IngestResult.Refused(RefusalReason.OUT_OF_SPACE),
            blobs,
            StagingFolder.open(folder.resolve("staging"), DurableFiles.SYSTEM),
            JdbcClient.create(database),
            CLOCK);
    assertThat(full.ingest(Photos.path("dermoscopy-ISIC_0009995.jpg"), Photos.header("2.25.7007")))
        .isEqualTo(new PhotoResult.NotStored(RefusalReason.OUT_OF_SPACE));
    AtomicInteger count = new AtomicInteger();
    blobs.list(_ -> count.incrementAndGet());
    assertThat(count).hasValue(0);
  }
}
