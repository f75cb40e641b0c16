package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.heliograph.dicom.pixel.FrameIndex;
import org.heliograph.dicom.pixel.RealData;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same frames rendered by dcmtk: windows, look-up tables, palettes and colour. */
class RenderingPeersIT {

  private static final String DCMJ2PNM = "/usr/bin/dcmj2pnm";

  @TempDir Path folder;

  /** Mean difference in display levels; 4:2:2 chrominance may be brought up in other ways. */
  @ParameterizedTest
  @CsvSource({
    "ts-ct/explicit-be,+Wi,0.6",
    "ts-ct/rle,+Wi,0.6",
    "ts-ct/jpeg-lossless-57,+Wi,0.6",
    "series-mr-wrist/MR08,+Wi,0.6",
    "xray/dx-dog-thorax-mono1-8bit,+Wi,0.6",
    "xray/mg-mlo-12bit-jpegll-sigmoid-voilut,+Wi,0.6",
    "xray/sc-voi-lut-sequence,+Wl,0.6",
    "us/us-palette-color,,0.6",
    "us/us-rgb,,0.1",
    "us/us-ybr422-uncompressed,,1.0",
    "ts-rgb/jpeg-baseline-rgb-no-transform,,0.1",
    "ts-rgb/jpeg-baseline-ybr422,,1.0",
    "ts-rgb/jpeg-baseline-ybr-full,,1.0",
    "ts-rgb/rgb-16bit,,0.6",
    "vl/derm-ISIC_0000000,,1.0",
    "vl/ophthalmic-8bit-fundus,,1.0"
  })
  void dcmtk_renders_the_same_picture(String name, @Nullable String option, double mean)
      throws Exception {
    boolean required = "required".equals(System.getenv("HELIOGRAPH_PEERS"));
    assumeTrue(required || Files.isExecutable(Path.of(DCMJ2PNM)), "skipped: no dcmj2pnm");
    String file = "dicom/" + name + ".dcm";
    Sample sample = RealData.read(file);
    FrameIndex index = FrameIndex.of(sample.object().dataset(), sample.source());
    BufferedImage ours =
        FrameRenderer.render(
            RealData.decode(sample, index, 0),
            Presentation.of(sample.object().dataset(), 0, sample.source()),
            null);

    int[] theirs = dcmtk(RealData.folder().resolve(file), option);

    int bands = ours.getRaster().getNumBands();
    int[] samples =
        ours.getRaster().getPixels(0, 0, ours.getWidth(), ours.getHeight(), (int[]) null);
    assertThat(theirs).hasSameSizeAs(samples);
    long sum = 0;
    for (int i = 0; i < samples.length; i++) {
      sum += Math.abs(samples[i] - theirs[i]);
    }
    assertThat((double) sum / samples.length).as("%d bands", bands).isLessThan(mean);
  }

  /** The samples of dcmj2pnm's PGM or PPM. */
  private int[] dcmtk(Path file, @Nullable String option) throws Exception {
    Path picture = folder.resolve("peer.pnm");
    ProcessBuilder builder = new ProcessBuilder(DCMJ2PNM, "+op");
    if (option != null) {
      builder.command().add(option);
      builder.command().add("1");
    }
    builder.command().add(file.toString());
    builder.command().add(picture.toString());
    assertThat(builder.redirectErrorStream(true).start().waitFor()).isZero();
    byte[] bytes = Files.readAllBytes(picture);
    String head = new String(bytes, 0, Math.min(200, bytes.length), StandardCharsets.ISO_8859_1);
    head = head.replaceAll("#[^\n]*\n", "");
    int count;
    try (Scanner scanner = new Scanner(head)) {
      boolean color = scanner.next().equals("P6");
      count = scanner.nextInt() * scanner.nextInt() * (color ? 3 : 1);
    }
    ByteArrayInputStream pixels = new ByteArrayInputStream(bytes, bytes.length - count, count);
    int[] samples = new int[count];
    for (int i = 0; i < count; i++) {
      samples[i] = pixels.read();
    }
    return samples;
  }
}
