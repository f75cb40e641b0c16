package org.heliograph.archive.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.heliograph.archive.Archive;
import org.heliograph.archive.TestDatabase;
import org.heliograph.archive.TestObjects;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.dicom.pixel.UnsupportedPixelDataException;
import org.heliograph.dicom.pixel.render.VoiLutFunction;
import org.heliograph.dicom.pixel.render.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderIT {

  @TempDir Path folder;
  private HikariDataSource database;
  private Archive archive;

  @BeforeEach
  void open() throws IOException, SQLException {
    database = TestDatabase.create();
    archive =
        Archive.open(
            database,
            FileSystemBlobStore.open(folder.resolve("blobs")),
            folder.resolve("staging"),
            InstantSource.fixed(Instant.parse("2026-05-06T07:08:09Z")));
  }

  @AfterEach
  void close() {
    archive.close();
    database.close();
  }

  @Test
  void renders_frames_of_every_kind_from_the_blob() throws Exception {
    for (String file :
        List.of(
            "ts-ct/j2k-lossless-90.dcm",
            "series-ct-3slice/seg-liver.dcm",
            "us/us-segmented-palette-16bit.dcm",
            "us/us-cine-30frames-jpeg-ybr422.dcm",
            "ts-frames/rle-with-bot.dcm",
            "xray/sc-voi-lut-sequence.dcm",
            "xray/mg-mlo-12bit-jpegll-sigmoid-voilut.dcm",
            "us/us-rgb.dcm",
            "mr-enhanced-multiframe.dcm")) {
      StoredInstance instance = stored(file);

      RenderedPicture last =
          archive
              .render()
              .frame(
                  instance,
                  instance.numberOfFrames(),
                  new RenderRequest(null, 300, 200, PictureFormat.PNG));
      RenderedPicture thumbnail = archive.render().thumbnail(instance);

      assertThat(last.width()).as(file).isBetween(1, 300);
      assertThat(last.height()).as(file).isBetween(1, 200);
      assertThat(levels(last)).as(file).isGreaterThan(1);
      assertThat(Math.max(thumbnail.width(), thumbnail.height())).isLessThanOrEqualTo(256);
      assertThat(picture(thumbnail).getWidth()).isEqualTo(thumbnail.width());
    }
  }

  @Test
  void an_asked_for_window_changes_the_picture() throws Exception {
    StoredInstance ct = stored("ts-ct/rle.dcm");

    BufferedImage black =
        picture(
            archive
                .render()
                .frame(
                    ct,
                    1,
                    new RenderRequest(
                        new Window(30_000, 10, VoiLutFunction.LINEAR), 64, 64, PictureFormat.PNG)));

    assertThat(black.getRGB(32, 32) & 0xFFFFFF).isZero();
  }

  @Test
  void a_photo_in_its_own_size_is_the_cameras_own_jpeg() throws Exception {
    StoredInstance photo = stored("vl/vlphoto-ISIC_0000001.dcm");
    byte[] camera =
        Files.readAllBytes(
            TestObjects.realFiles().resolve("../photos/dermoscopy-ISIC_0000001.jpg"));

    RenderedPicture whole = archive.render().frame(photo, 1, RenderRequest.whole());

    assertThat(whole.bytes()).startsWith(camera);
    assertThat(whole.width()).isEqualTo(1022);
    assertThat(archive.render().thumbnail(photo).width()).isEqualTo(256);
  }

  @Test
  void says_what_cannot_be_rendered() throws Exception {
    StoredInstance htj2k = stored("ts-rgb/htj2k-lossless-201-with-uids.dcm");
    StoredInstance ct = stored("ts-ct/jpegls-near-81.dcm");

    assertThatThrownBy(() -> archive.render().thumbnail(htj2k))
        .isInstanceOf(UnsupportedPixelDataException.class);
    assertThatThrownBy(() -> archive.render().frame(ct, 2, RenderRequest.whole()))
        .isInstanceOf(NoSuchFrameException.class);
  }

  @Test
  void many_requests_at_once_share_the_decoders() throws Exception {
    StoredInstance ct = stored("ts-ct/jpeg-lossless-57.dcm");
    List<Future<RenderedPicture>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 24; i++) {
        all.add(threads.submit(() -> archive.render().thumbnail(ct)));
      }
    }

    byte[] first = all.getFirst().get().bytes();
    for (Future<RenderedPicture> one : all) {
      assertThat(one.get().bytes()).isEqualTo(first);
    }
  }

  private StoredInstance stored(String file) throws IOException {
    try (InputStream in = Files.newInputStream(TestObjects.realFiles().resolve(file))) {
      IngestResult result = archive.ingest().ingestPartTen(TestObjects.SITE_A, "upload", in);
      assertThat(result).as(file).isInstanceOf(IngestResult.Stored.class);
      long id = ((IngestResult.Stored) result).instance().instanceId();
      return archive.catalog().instance(id).orElseThrow();
    }
  }

  private static BufferedImage picture(RenderedPicture rendered) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(rendered.bytes()));
  }

  private static long levels(RenderedPicture rendered) throws IOException {
    BufferedImage image = picture(rendered);
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .distinct()
        .count();
  }
}
