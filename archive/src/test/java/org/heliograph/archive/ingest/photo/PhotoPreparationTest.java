package org.heliograph.archive.ingest.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.GpsDirectory;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.jpeg.JpegHeader;
import org.heliograph.dicom.pixel.render.Downscale;
import org.heliograph.dicom.pixel.render.PictureReader;
import org.heliograph.dicom.pixel.render.PictureWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoPreparationTest {

  private static final DecodeLimits LIMITS =
      new DecodeLimits(60_000_000, 256 << 20, Duration.ofSeconds(20));

  private final PhotoPreparation strict = new PhotoPreparation(PhotoLimits.defaults());
  private final PhotoPreparation lenient = new PhotoPreparation(Photos.SMALL);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void every_exif_orientation_is_turned_to_the_same_upright_picture(int orientation)
      throws Exception {
    PreparedPhoto upright = strict.prepare(Photos.read("orientation/Landscape_1.jpg"));
    PreparedPhoto turned =
        strict.prepare(Photos.read("orientation/Landscape_" + orientation + ".jpg"));

    assertThat(turned.width()).isEqualTo(1800);
    assertThat(turned.height()).isEqualTo(1200);
    assertThat(turned.derived()).isTrue();
    assertThat(turned.compressionRatios()).hasSize(2);
    assertThat(meanDifference(upright, turned)).isLessThan(4);
    assertThat(upright.derived()).isFalse();
  }

  @Test
  void a_camera_jpeg_that_is_upright_keeps_its_compressed_bytes() throws Exception {
    byte[] file = Photos.read("dermoscopy-large-ISIC_0012099.jpg");

    PreparedPhoto photo = strict.prepare(file);

    assertThat(photo.jpeg()).isEqualTo(file);
    assertThat(photo.warnings()).isEmpty();
  }

  @Test
  void place_camera_and_comments_are_gone_and_the_scan_is_the_same() throws Exception {
    byte[] gps = Photos.read("gps-coolpix.jpg");
    byte[] file = Photos.withExifOf(Photos.read("dermoscopy-large-ISIC_0012099.jpg"), gps);
    assertThat(hasGps(file)).isTrue();

    PreparedPhoto photo = strict.prepare(file);

    assertThat(hasGps(photo.jpeg())).isFalse();
    assertThat(text(photo.jpeg())).doesNotContain("Exif", "NIKON", "COOLPIX", "GPS", "http:");
    assertThat(photo.jpeg()).isEqualTo(Photos.read("dermoscopy-large-ISIC_0012099.jpg"));
  }

  @Test
  void metadata_between_frame_header_and_scan_goes_too() throws Exception {
    PreparedPhoto photo = lenient.prepare(Photos.read("gps-coolpix.jpg"));

    assertThat(hasGps(photo.jpeg())).isFalse();
    assertThat(text(photo.jpeg())).doesNotContain("Exif", "NIKON", "xpacket", "GPS", "http:");
    assertThat(photo.warnings()).containsExactly(PhotoWarning.LOW_RESOLUTION);
  }

  @Test
  void only_the_first_picture_of_a_stereo_file_is_taken() throws Exception {
    byte[] file = Photos.read("mpo-two-images.mpo");

    PreparedPhoto photo = lenient.prepare(file);

    assertThat(photo.jpeg().length).isLessThan(file.length * 2 / 3);
    assertThat(text(photo.jpeg())).doesNotContain("MPF");
    assertThat(photo.width()).isEqualTo(640);
  }

  @ParameterizedTest
  @CsvSource({"progressive.jpg,256,160,false", "cmyk.jpg,100,100,false", "rgb.png,128,128,false"})
  void progressive_cmyk_and_png_become_baseline_jpeg(
      String name, int width, int height, boolean gray) throws Exception {
    PreparedPhoto photo = lenient.prepare(Photos.read(name));

    JpegHeader header = JpegHeader.of(photo.jpeg());
    assertThat(header.process()).isZero();
    assertThat(header.components()).isEqualTo(3);
    assertThat(photo.width()).isEqualTo(width);
    assertThat(photo.height()).isEqualTo(height);
    assertThat(photo.gray()).isEqualTo(gray);
  }

  @Test
  void gray_stays_gray_with_its_own_bytes() throws Exception {
    PreparedPhoto photo = lenient.prepare(Photos.read("gray.jpg"));

    assertThat(photo.gray()).isTrue();
    assertThat(photo.derived()).isFalse();
    assertThat(photo.compressionRatios()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "iphone-gps.heic,HEIC",
    "hopper.heif,HEIC",
    "hopper.avif,AVIF",
    "rgb.webp,WEBP",
    "rgb.tif,TIFF",
    "truncated.jpg,DAMAGED",
    "gps-coolpix.jpg,TOO_SMALL",
    "exif.png,TOO_SMALL"
  })
  void refuses_with_a_reason_and_a_next_step(String name, PhotoRefusal expected) throws Exception {
    byte[] file = Photos.read(name);
    PhotoPreparation preparation = expected == PhotoRefusal.TOO_SMALL ? strict : lenient;

    assertThatThrownBy(() -> preparation.prepare(file))
        .isInstanceOfSatisfying(
            PhotoRefusedException.class,
            e -> {
              assertThat(e.refusal()).isEqualTo(expected);
              assertThat(e.refusal().nextStep()).isNotBlank();
            });
  }

  @Test
  void refuses_what_is_no_photo() {
    assertRefused(new byte[0], PhotoRefusal.EMPTY);
    assertRefused("<html>".getBytes(StandardCharsets.UTF_8), PhotoRefusal.NOT_A_PHOTO);
    assertRefused(new byte[25_000_001], PhotoRefusal.TOO_MANY_BYTES);
    assertRefused("%PDF-1.7".getBytes(StandardCharsets.UTF_8), PhotoRefusal.PDF);
  }

  @Test
  void counts_pixels_before_decoding() throws Exception {
    byte[] file = Photos.read("dermoscopy-ISIC_0000000.jpg");
    int frame = indexOfFrameHeader(file);
    for (int i = 5; i <= 8; i++) {
      file[frame + i] = (byte) 0xF0;
    }

    assertRefused(file, PhotoRefusal.TOO_MANY_PIXELS);
    byte[] png = PictureWriter.toPng(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY));
    png[16] = 0x7F;
    assertRefused(png, PhotoRefusal.TOO_MANY_PIXELS);
  }

  @Test
  void a_cut_png_is_refused() throws Exception {
    byte[] file = Photos.read("rgb.png");

    assertThatThrownBy(() -> lenient.prepare(Arrays.copyOf(file, file.length - 500)))
        .isInstanceOf(PhotoRefusedException.class)
        .hasMessage(PhotoRefusal.DAMAGED.reason());
  }

  @Test
  void a_colour_profile_stays_through_turning_and_png() throws Exception {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    byte[] upright =
        PictureWriter.withIccProfile(Photos.read("orientation/Landscape_1.jpg"), profile);
    byte[] turned =
        PictureWriter.withIccProfile(Photos.read("orientation/Landscape_3.jpg"), profile);

    for (byte[] file : List.of(upright, turned)) {
      PreparedPhoto photo = strict.prepare(file);

      assertThat(photo.iccProfile()).isEqualTo(profile);
      assertThat(new JpegSegments(photo.jpeg()).iccProfile()).isEqualTo(profile);
      assertThat(text(photo.jpeg())).doesNotContain("Exif");
    }
  }

  @Test
  void damaged_files_are_refused_or_taken_but_never_break_anything() throws Exception {
    Random random = new Random(20260102);
    int refused = 0;
    for (String name : List.of("gps-coolpix.jpg", "progressive.jpg", "cmyk.jpg", "rgb.png")) {
      byte[] file = Photos.read(name);
      for (int i = 0; i < 40; i++) {
        byte[] damaged = Arrays.copyOf(file, file.length - (i % 4 == 0 ? random.nextInt(4000) : 0));
        for (int flip = 0; flip < 1 + i / 4; flip++) {
          damaged[random.nextInt(flip % 2 == 0 ? 600 : damaged.length)] = (byte) random.nextInt();
        }
        try {
          lenient.prepare(damaged);
        } catch (PhotoRefusedException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(40);
  }

  private void assertRefused(byte[] file, PhotoRefusal expected) {
    assertThatThrownBy(() -> strict.prepare(file))
        .isInstanceOfSatisfying(
            PhotoRefusedException.class, e -> assertThat(e.refusal()).isEqualTo(expected));
  }

  private static int indexOfFrameHeader(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xC0) {
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
    }
    return at;
  }

  private static double meanDifference(PreparedPhoto one, PreparedPhoto other) throws Exception {
    BufferedImage a = Downscale.toFit(PictureReader.jpeg(one.jpeg(), LIMITS), 300, 300);
    BufferedImage b = Downscale.toFit(PictureReader.jpeg(other.jpeg(), LIMITS), 300, 300);
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        sum += Math.abs((a.getRGB(x, y) >> 8 & 0xFF) - (b.getRGB(x, y) >> 8 & 0xFF));
      }
    }
    return (double) sum / (a.getWidth() * a.getHeight());
  }

  private static boolean hasGps(byte[] jpeg) throws Exception {
    Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(jpeg));
    return metadata.containsDirectoryOfType(GpsDirectory.class);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
