package org.heliograph.node.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.heliograph.dicom.pixel.Samples;
import org.heliograph.node.spool.Prepared;
import org.heliograph.node.spool.SpoolCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparingTest {
  private static final long SEED = 20261122;
  private static final List<String> NATIVE =
      List.of(
          Uids.ImplicitVrLittleEndian,
          Uids.ExplicitVrLittleEndian,
          Uids.ExplicitVrBigEndian,
          Uids.DeflatedExplicitVrLittleEndian);

  @TempDir Path temp;

  private final Preparing preparing = new Preparing(PrepareSettings.defaults());

  private Preparation prepare(Path file, String syntax) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("work"));
    return preparing.prepare(
        Images.spooled(file, syntax),
        file,
        new Targets(folder.resolve("new.dcm"), folder.resolve("new.jpg"), 60_000));
  }

  private Prepared ready(Path file, String syntax) throws IOException {
    Preparation preparation = prepare(file, syntax);
    assertThat(preparation).isInstanceOf(Preparation.Ready.class);
    return ((Preparation.Ready) preparation).prepared();
  }

  private static byte[] cells(FrameReader reader) throws IOException {
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < reader.frameCount(); i++) {
      all.writeBytes(reader.stored(i).cells());
    }
    return all.toByteArray();
  }

  private static ImageDescription any(Random random) {
    PhotometricInterpretation colors =
        switch (random.nextInt(8)) {
          case 0 -> PhotometricInterpretation.MONOCHROME1;
          case 1 -> PhotometricInterpretation.PALETTE_COLOR;
          case 2 -> PhotometricInterpretation.RGB;
          case 3 -> PhotometricInterpretation.YBR_FULL;
          default -> PhotometricInterpretation.MONOCHROME2;
        };
    boolean color = colors.samplesPerPixel() == 3;
    int bits = color ? 8 : 2 + random.nextInt(15);
    int allocated = bits > 8 || (!color && random.nextBoolean()) ? 16 : 8;
    int high = bits - 1 + (random.nextInt(4) == 0 ? random.nextInt(allocated - bits + 1) : 0);
    return new ImageDescription(
        1 + random.nextInt(80),
        1 + random.nextInt(80),
        colors.samplesPerPixel(),
        allocated,
        bits,
        high,
        !color && random.nextInt(3) == 0,
        colors,
        color ? random.nextInt(2) : 0,
        1 + random.nextInt(4));
  }

  /** Any depth, sign, colour, planes and transfer syntax: the frames are the same afterwards. */
  @Test
  void whatever_is_recoded_gives_every_bit_back_and_keeps_its_header() throws IOException {
    Random random = new Random(SEED);
    int recoded = 0;
    for (int i = 0; i < 250; i++) {
      ImageDescription image = any(random);
      byte[] bytes = Images.cells(List.of(Samples.values()).get(i % 5), image, SEED + i);
      if (random.nextInt(5) == 0) {
        random.nextBytes(bytes);
      }
      String syntax = NATIVE.get(random.nextInt(4));
      Dataset dataset =
          Images.header(image)
              .bytes(Tag.PixelData, image.bitsAllocated() > 8 ? Vr.OW : Vr.OB, bytes)
              .string(Tag.RetrieveAETitle, "ODD")
              .build();
      Path file = Images.write(temp.resolve("original.dcm"), dataset, syntax);
      byte[] before = cells(FrameReader.open(file));
      String as = "seed " + SEED + ", " + i + ": " + image + " in " + syntax;

      Prepared prepared = ready(file, syntax);

      assertThat(prepared.lossy()).isFalse();
      assertThat(prepared.numberOfFrames()).as(as).isEqualTo(image.numberOfFrames());
      assertThat(prepared.rows()).as(as).isEqualTo(image.rows());
      if (prepared.newFile() == null) {
        assertThat(prepared.digest()).isEqualTo(FileDigest.measureDataset(file).sha256());
        assertThat(prepared.pixelDigest()).isNull();
        continue;
      }
      recoded++;
      FrameReader after = FrameReader.open(prepared.newFile());
      assertThat(cells(after)).as(as).isEqualTo(before);
      assertThat(after.object().transferSyntax().uid()).isEqualTo(Uids.JpegLsLossless);
      assertThat(after.object().dataset().string(Tag.SOPInstanceUID))
          .isEqualTo(dataset.string(Tag.SOPInstanceUID));
      assertThat(after.object().dataset().string(Tag.PatientName)).contains("Marker^Patient");
      FileDigest written = FileDigest.measureDataset(prepared.newFile());
      assertThat(written).isEqualTo(new FileDigest(prepared.digest(), prepared.datasetBytes()));
      assertThat(prepared.datasetBytes())
          .as(as)
          .isLessThan(FileDigest.measureDataset(file).lengthBytes());
    }
    assertThat(recoded).isGreaterThan(100);
    try (var left = Files.list(temp.resolve("work"))) {
      assertThat(left.map(p -> p.getFileName().toString())).isSubsetOf("new.dcm", "new.jpg");
    }
  }

  @Test
  void a_file_that_changed_since_it_was_received_is_damaged() throws IOException {
    ImageDescription image = Images.gray(40, 50, 12, false, 1);
    Path file =
        Images.write(
            temp.resolve("a.dcm"),
            Images.image(image, Images.cells(Samples.ANATOMY, image, SEED)),
            Uids.ExplicitVrLittleEndian);
    var instance = Images.spooled(file, Uids.ExplicitVrLittleEndian);
    var targets = new Targets(temp.resolve("n"), temp.resolve("p"), 60_000);
    byte[] bytes = Files.readAllBytes(file);
    List<byte[]> damaged =
        List.of(
            flipped(bytes, bytes.length - 7),
            java.util.Arrays.copyOf(bytes, bytes.length - 2),
            java.util.Arrays.copyOf(bytes, 50),
            new byte[0],
            flipped(bytes, 129));
    for (byte[] each : damaged) {
      Files.write(file, each);

      assertThat(preparing.prepare(instance, file, targets))
          .isEqualTo(new Preparation.Damaged(SpoolCode.DAMAGED));
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 0x10;
    return flipped;
  }

  @Test
  void what_is_compressed_or_was_lossy_stays_as_it_came() throws IOException {
    ImageDescription image = Images.gray(64, 64, 8, false, 1);
    Dataset lossy =
        Images.image(image, new byte[64 * 64]).toBuilder()
            .string(Tag.LossyImageCompression, "01")
            .build();
    Path file = Images.write(temp.resolve("a.dcm"), lossy, Uids.ExplicitVrLittleEndian);

    Prepared prepared = ready(file, Uids.ExplicitVrLittleEndian);

    assertThat(prepared.newFile()).isNull();
    assertThat(prepared.newPreview()).isNotNull();

    Path rle =
        Images.write(
            temp.resolve("rle.dcm"),
            Images.header(image).encapsulated(List.of(new byte[] {1, 2, 3, 4})).build(),
            Uids.RleLossless);
    assertThat(ready(rle, Uids.RleLossless).newFile()).isNull();
  }

  @Test
  void what_is_no_image_goes_without_a_preview() throws IOException {
    Dataset report =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.BasicTextSrStorage)
            .string(Tag.SOPInstanceUID, Uid.create().value())
            .string(Tag.Modality, "SR")
            .build();
    Path file = Images.write(temp.resolve("sr.dcm"), report, Uids.ImplicitVrLittleEndian);

    Prepared prepared = ready(file, Uids.ImplicitVrLittleEndian);

    assertThat(prepared.newFile()).isNull();
    assertThat(prepared.newPreview()).isNull();
    assertThat(prepared.rows()).isNull();
    assertThat(prepared.numberOfFrames()).isZero();
  }

  @Test
  void a_preview_fits_its_budget_and_shows_the_window() throws IOException {
    ImageDescription image = Images.gray(1500, 1200, 12, false, 3);
    byte[] cells = Images.cells(Samples.ANATOMY, image, SEED);
    Path file =
        Images.write(
            temp.resolve("a.dcm"),
            Images.image(image, cells).toBuilder()
                .string(Tag.WindowCenter, "100000")
                .string(Tag.WindowWidth, "10")
                .build(),
            Uids.ExplicitVrLittleEndian);
    for (int budget : new int[] {60_000, 20_000, 3_000}) {
      var targets = new Targets(temp.resolve("n"), temp.resolve("p"), budget);
      var instance = Images.spooled(file, Uids.ExplicitVrLittleEndian);
      preparing.prepare(instance, file, targets);

      byte[] jpeg = Files.readAllBytes(temp.resolve("p"));
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));

      assertThat(jpeg.length).isLessThanOrEqualTo(budget);
      assertThat(picture.getRaster().getSample(picture.getWidth() / 2, 20, 0))
          .as("all is below the window")
          .isLessThan(5);
      assertThat(Math.max(picture.getWidth(), picture.getHeight())).isBetween(60, 1024);
    }
  }

  @Test
  void noise_gets_a_small_preview_rather_than_a_bad_one() throws IOException {
    ImageDescription image =
        new ImageDescription(700, 900, 3, 8, 8, 7, false, PhotometricInterpretation.RGB, 0, 1);
    byte[] cells = Images.cells(Samples.RANDOM, image, SEED);
    Path file =
        Images.write(
            temp.resolve("a.dcm"), Images.image(image, cells), Uids.ExplicitVrLittleEndian);

    Path preview = ready(file, Uids.ExplicitVrLittleEndian).newPreview();

    assertThat(preview).isNotNull();
    assertThat(Files.size(java.util.Objects.requireNonNull(preview))).isBetween(20_000L, 60_000L);
  }

  /** Lying sizes, damaged bytes behind a right digest: the original goes, nothing is thrown. */
  @Test
  void hostile_objects_go_as_they_came() throws IOException {
    Random random = new Random(SEED);
    int kept = 0;
    for (int i = 0; i < 400; i++) {
      ImageDescription image = any(random);
      byte[] bytes = Images.cells(Samples.GRADIENT, image, SEED + i);
      Dataset.Builder lying =
          Images.header(image)
              .bytes(Tag.PixelData, image.bitsAllocated() > 8 ? Vr.OW : Vr.OB, bytes);
      int[] tags = {
        Tag.Rows,
        Tag.Columns,
        Tag.BitsAllocated,
        Tag.BitsStored,
        Tag.HighBit,
        Tag.SamplesPerPixel,
        Tag.PlanarConfiguration,
        Tag.PixelRepresentation
      };
      for (int n = random.nextInt(3); n >= 0; n--) {
        lying.integer(tags[random.nextInt(tags.length)], random.nextInt(65536));
      }
      if (random.nextInt(3) == 0) {
        lying.string(Tag.NumberOfFrames, Integer.toString(random.nextInt()));
      }
      String syntax = NATIVE.get(random.nextInt(4));
      Path file = Images.write(temp.resolve("lying.dcm"), lying.build(), syntax);
      if (random.nextBoolean()) {
        byte[] whole = Files.readAllBytes(file);
        for (int n = random.nextInt(20); n >= 0; n--) {
          whole[400 + random.nextInt(Math.max(1, whole.length - 400))] = (byte) random.nextInt();
        }
        Files.write(file, whole);
      }

      Prepared prepared = ready(file, syntax);

      assertThat(prepared.digest()).as("seed %d, %d", SEED, i).hasSize(64);
      kept += prepared.newFile() == null ? 1 : 0;
    }
    assertThat(kept).isGreaterThan(200);
  }
}
