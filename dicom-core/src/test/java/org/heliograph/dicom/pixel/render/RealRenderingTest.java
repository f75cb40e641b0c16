package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.heliograph.dicom.pixel.FrameIndex;
import org.heliograph.dicom.pixel.RealData;
import org.heliograph.dicom.pixel.RealData.Sample;
import org.junit.jupiter.api.Test;

/** Every sample becomes a picture with what its own data set says about presentation. */
class RealRenderingTest {

  private static final List<String> NOT_DECODED =
      List.of(
          "dicom/ts-ct/jpeg-p4-12bit-51.dcm",
          "dicom/ts-rgb/htj2k-lossless-201.dcm",
          "dicom/ts-rgb/htj2k-lossless-201-with-uids.dcm");

  @Test
  void every_image_renders_with_its_own_presentation() throws Exception {
    for (String file : RealData.pixelHashes().keySet()) {
      if (NOT_DECODED.contains(file)) {
        continue;
      }
      Sample sample = RealData.read(file);
      FrameIndex index = FrameIndex.of(sample.object().dataset(), sample.source());
      Presentation presentation = Presentation.of(sample.object().dataset(), 0, sample.source());

      byte[] jpeg =
          PictureWriter.toJpeg(
              Downscale.toFit(
                  FrameRenderer.render(RealData.decode(sample, index, 0), presentation, null),
                  128,
                  128),
              0.8f);

      BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg));
      assertThat(Math.max(read.getWidth(), read.getHeight())).as(file).isBetween(1, 128);
    }
  }
}
