package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.heliograph.dicom.pixel.FrameIndex;
import org.heliograph.dicom.pixel.RealData;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same frames rendered by dcmtk: windows, look-up tables, palettes and colour. */
class RenderingPeersIT {

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
    "overlay/mr-overlay,+Wi,0.6",
    "us/us-palette-color,,0.6",
    "us/us-palette-rle-2frames,,0.6",
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
    Dcmtk.assume("dcmj2pnm");
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

  private int[] dcmtk(Path file, @Nullable String option) throws Exception {
    List<String> command =
        option == null
            ? List.of("dcmj2pnm", "+op", "-O")
            : List.of("dcmj2pnm", "+op", "-O", option, "1");
    return Dcmtk.run(file, folder.resolve("peer.pnm"), command).samples();
  }
}
