package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.FrameReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small images of many kinds, rendered here and by dcmtk's dcmj2pnm: no sample of any picture may
 * differ by more than its case allows, one level for most.
 */
class RenderingMatrixIT {

  private static final long SEED = 20261121;
  private static final int ROWS = 12;
  private static final int COLUMNS = 17;

  @TempDir Path folder;

  @BeforeAll
  static void dcmtk_is_installed() {
    Dcmtk.assume("dcmj2pnm");
  }

  private record Case(
      String name,
      Dataset image,
      TransferSyntax syntax,
      List<String> options,
      UnaryOperator<Presentation.Builder> change,
      int tolerance) {}

  private final List<Case> cases = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> dcmtk_renders_the_same() {
    windows();
    depths();
    tables();
    colours();
    palettes();
    overlays();
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> compare(c)));
  }

  private void windows() {
    for (String photometric : List.of("MONOCHROME1", "MONOCHROME2")) {
      for (String function : List.of("LINEAR", "SIGMOID")) {
        for (int signed = 0; signed < 2; signed++) {
          Dataset image =
              gray(16, 12, 11, signed, photometric)
                  .string(Tag.RescaleSlope, "1.5")
                  .string(Tag.RescaleIntercept, "-700")
                  .string(Tag.WindowCenter, "900.5")
                  .string(Tag.WindowWidth, "1800")
                  .string(Tag.VOILUTFunction, function)
                  .build();
          add(photometric + " " + function + " signed " + signed, image, 1, "+Wi", "1");
        }
      }
    }
    Dataset image =
        gray(16, 12, 11, 0, "MONOCHROME2")
            .string(Tag.WindowCenter, "2000", "1000")
            .string(Tag.WindowWidth, "4000", "500")
            .build();
    add(
        "identity shape",
        image,
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        List.of("+Wi", "1", "+Pid"),
        b -> b.inverse(false),
        1);
    add(
        "inverse shape",
        image,
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        List.of("+Wi", "1", "+Piv"),
        b -> b.inverse(true),
        1);
    add(
        "second window",
        image,
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        List.of("+Wi", "2"),
        b -> b.windows(List.of(new Window(1000, 500, VoiLutFunction.LINEAR))),
        1);
  }

  private void depths() {
    int[][] kinds = {
      {8, 8, 7},
      {8, 6, 5},
      {8, 6, 7},
      {16, 16, 15},
      {16, 10, 9},
      {16, 12, 13},
      {16, 12, 15},
      {32, 32, 31},
      {32, 24, 23}
    };
    for (int[] kind : kinds) {
      for (int signed = 0; signed < 2; signed++) {
        for (String syntax : List.of(Uids.ImplicitVrLittleEndian, Uids.ExplicitVrBigEndian)) {
          if (kind[0] == 32 && syntax.equals(Uids.ExplicitVrBigEndian)) {
            continue; // dcmtk swaps the two words of OW, we the four bytes of the cell
          }
          double range = Math.scalb(1.0, kind[1]);
          Dataset image =
              gray(kind[0], kind[1], kind[2], signed, "MONOCHROME2")
                  .string(Tag.WindowCenter, signed == 1 ? "0" : Long.toString((long) range / 2))
                  .string(Tag.WindowWidth, Long.toString((long) (range * 0.8)))
                  .build();
          add(
              "%d/%d/%d signed %d %s".formatted(kind[0], kind[1], kind[2], signed, syntax),
              image,
              TransferSyntax.of(syntax),
              List.of("+Wi", "1"),
              b -> b,
              1);
        }
      }
    }
  }

  private void tables() {
    Random random = new Random(SEED);
    for (int first : new int[] {0, 100, 1000}) {
      Dataset table = table(random, 2000, first, 12);
      Dataset modality =
          gray(16, 12, 11, 0, "MONOCHROME2")
              .sequence(Tag.ModalityLUTSequence, table)
              .string(Tag.WindowCenter, "2048")
              .string(Tag.WindowWidth, "4096")
              .build();
      add("modality LUT from " + first, modality, 1, "+Wi", "1");
      Dataset voi = gray(16, 12, 11, 0, "MONOCHROME2").sequence(Tag.VOILUTSequence, table).build();
      add("VOI LUT from " + first, voi, 1, "+Wl", "1");
      Dataset inverted =
          gray(16, 12, 11, 0, "MONOCHROME1").sequence(Tag.VOILUTSequence, table).build();
      add("VOI LUT from " + first + " MONOCHROME1", inverted, 1, "+Wl", "1");
    }
  }

  private static Dataset table(Random random, int count, int first, int bits) {
    byte[] data = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      int entry = random.nextInt(1 << bits);
      data[2 * i] = (byte) entry;
      data[2 * i + 1] = (byte) (entry >> 8);
    }
    return Dataset.builder()
        .integer(Tag.LUTDescriptor, Vr.US, count, first, bits)
        .string(Tag.ModalityLUTType, "US")
        .bytes(Tag.LUTData, Vr.OW, data)
        .build();
  }

  private void colours() {
    add("RGB", colour("RGB", 8, 0, 3), 0);
    add("RGB in planes", colour("RGB", 8, 1, 3), 0);
    add("RGB of 16 bits", colour("RGB", 16, 0, 3), 1);
    add("YBR_FULL", colour("YBR_FULL", 8, 0, 3), 2);
    add("YBR_FULL in planes", colour("YBR_FULL", 8, 1, 3), 2);
    add("YBR_FULL_422", colour("YBR_FULL_422", 8, 0, 2), 2);
    add("YBR_PARTIAL_422", colour("YBR_PARTIAL_422", 8, 0, 2), 3);
  }

  private void palettes() {
    Random random = new Random(SEED + 1);
    for (int bits : new int[] {8, 16}) {
      for (int first : new int[] {0, 20}) {
        Dataset.Builder image = gray(8, 8, 7, 0, "PALETTE COLOR");
        for (int i = 0; i < 3; i++) {
          int count = 256 - first;
          byte[] entries = new byte[bits == 8 ? count : 2 * count];
          random.nextBytes(entries);
          image.integer(Tag.RedPaletteColorLookupTableDescriptor + i, Vr.US, count, first, bits);
          image.bytes(Tag.RedPaletteColorLookupTableData + i, Vr.OW, entries);
        }
        add("palette of %d bits from %d".formatted(bits, first), image.build(), 1);
      }
    }
  }

  private void overlays() {
    for (String photometric : List.of("MONOCHROME1", "MONOCHROME2")) {
      Dataset.Builder two =
          gray(16, 12, 11, 0, photometric)
              .string(Tag.WindowCenter, "2000")
              .string(Tag.WindowWidth, "4000");
      overlay(two, 0x6000, 5, 6, 3, 4);
      overlay(two, 0x601E, 8, 9, -2, -3);
      add("overlays over " + photometric, two.build(), 1, "+Wi", "1", "+O", "0");
      add("no overlays over " + photometric, two.build(), 1, "+Wi", "1", "-O");
    }
    Dataset.Builder embedded =
        gray(16, 12, 11, 0, "MONOCHROME2")
            .string(Tag.WindowCenter, "2000")
            .string(Tag.WindowWidth, "4000")
            .integer(Tag.OverlayRows, ROWS)
            .integer(Tag.OverlayColumns, COLUMNS)
            .string(Tag.OverlayType, "G")
            .integer(Tag.OverlayOrigin, Vr.SS, 1, 1)
            .integer(Tag.OverlayBitsAllocated, 16)
            .integer(Tag.OverlayBitPosition, 13);
    add("overlay in unused bits", embedded.build(), 1, "+Wi", "1", "+O", "0");
  }

  private static void overlay(
      Dataset.Builder image, int group, int rows, int columns, int top, int left) {
    int shift = (group - 0x6000) << 16;
    byte[] bits = new byte[2 * ((rows * columns + 15) / 16)];
    new Random(SEED + group).nextBytes(bits);
    image
        .integer(Tag.OverlayRows + shift, Vr.US, rows)
        .integer(Tag.OverlayColumns + shift, Vr.US, columns)
        .text(Tag.OverlayType + shift, Vr.CS, "G")
        .integer(Tag.OverlayOrigin + shift, Vr.SS, top, left)
        .integer(Tag.OverlayBitsAllocated + shift, Vr.US, 1)
        .integer(Tag.OverlayBitPosition + shift, Vr.US, 0)
        .bytes(Tag.OverlayData + shift, Vr.OW, bits);
  }

  /** Random cells, unused bits included. */
  private static Dataset.Builder gray(
      int allocated, int stored, int high, int signed, String photometric) {
    int bytes = ROWS * COLUMNS * allocated / 8;
    byte[] cells = new byte[bytes + bytes % 2];
    new Random(SEED).nextBytes(cells);
    return image(allocated, stored, high, signed, photometric, COLUMNS)
        .integer(Tag.SamplesPerPixel, 1)
        .bytes(Tag.PixelData, Vr.OW, cells);
  }

  private static Dataset colour(String photometric, int bits, int planar, int bytesPerPixel) {
    byte[] cells = new byte[ROWS * 16 * bytesPerPixel * bits / 8];
    new Random(SEED).nextBytes(cells);
    return image(bits, bits, bits - 1, 0, photometric, 16)
        .integer(Tag.SamplesPerPixel, 3)
        .integer(Tag.PlanarConfiguration, planar)
        .bytes(Tag.PixelData, Vr.OW, cells)
        .build();
  }

  private static Dataset.Builder image(
      int allocated, int stored, int high, int signed, String photometric, int columns) {
    return Dataset.builder()
        .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
        .string(Tag.SOPInstanceUID, "1.2.3.4")
        .string(Tag.PhotometricInterpretation, photometric)
        .integer(Tag.Rows, ROWS)
        .integer(Tag.Columns, columns)
        .integer(Tag.BitsAllocated, allocated)
        .integer(Tag.BitsStored, stored)
        .integer(Tag.HighBit, high)
        .integer(Tag.PixelRepresentation, signed);
  }

  private void add(String name, Dataset image, int tolerance, String... options) {
    add(name, image, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, List.of(options), b -> b, tolerance);
  }

  private void add(
      String name,
      Dataset image,
      TransferSyntax syntax,
      List<String> options,
      UnaryOperator<Presentation.Builder> change,
      int tolerance) {
    cases.add(new Case(name, image, syntax, options, change, tolerance));
  }

  private void compare(Case c) throws Exception {
    Path file = folder.resolve("image.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(out, Dataset.empty(), c.syntax(), c.image(), BulkSource.NONE);
    }
    FrameReader reader = FrameReader.open(file);
    DecodedFrame frame = reader.frame(0);
    Dataset dataset = reader.object().dataset();
    Presentation presentation =
        c.change().apply(Presentation.of(dataset, 0, reader.source()).toBuilder()).build();
    if (c.options().contains("+O")) {
      presentation =
          presentation.withOverlays(OverlayPlane.bitmaps(dataset, 0, frame, reader.source()));
    }
    BufferedImage ours = FrameRenderer.render(frame, presentation, null);

    List<String> command = new ArrayList<>(List.of("dcmj2pnm", "+op", "+Ma"));
    command.addAll(c.options());
    Dcmtk.Picture theirs = Dcmtk.run(file, folder.resolve("peer.pnm"), command);

    assertThat(theirs.width()).isEqualTo(ours.getWidth());
    int[] samples =
        ours.getRaster().getPixels(0, 0, ours.getWidth(), ours.getHeight(), (int[]) null);
    assertThat(theirs.samples()).hasSameSizeAs(samples);
    int largest = 0;
    for (int i = 0; i < samples.length; i++) {
      largest = Math.max(largest, Math.abs(samples[i] - theirs.samples()[i]));
    }
    assertThat(largest).as("seed %d", SEED).isLessThanOrEqualTo(c.tolerance());
  }
}
