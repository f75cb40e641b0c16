package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.MONOCHROME1;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.MONOCHROME2;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.PALETTE_COLOR;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.heliograph.dicom.pixel.DecodedFrame;
import org.heliograph.dicom.pixel.ImageDescription;
import org.heliograph.dicom.pixel.PhotometricInterpretation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameRendererTest {

  @Test
  void applies_rescale_then_window_then_inverts_monochrome1() throws Exception {
    Presentation ct =
        new Presentation.Builder()
            .rescale(2, -1000)
            .windows(List.of(new Window(0, 400, VoiLutFunction.LINEAR_EXACT)))
            .build();

    // stored 400, 450, 500, 600 are -200, -100, 0, 200 HU
    assertThat(rendered(ct, null, MONOCHROME2, 400, 450, 500, 600))
        .containsExactly(0, 64, 128, 255);
    assertThat(rendered(ct, null, MONOCHROME1, 400, 450, 500, 600))
        .containsExactly(255, 191, 128, 0);
  }

  @Test
  void an_asked_for_window_wins_over_the_objects_own() throws Exception {
    Presentation own =
        new Presentation.Builder()
            .windows(List.of(new Window(0, 1, VoiLutFunction.LINEAR)))
            .build();

    Window asked = new Window(50, 100, VoiLutFunction.LINEAR_EXACT);

    assertThat(rendered(own, asked, MONOCHROME2, 0, 100, 25)).containsExactly(0, 255, 64);
  }

  @Test
  void without_any_window_the_pixels_range_is_shown_and_padding_left_out() throws Exception {
    Presentation padded = new Presentation.Builder().padding(60000, 60000).build();

    assertThat(rendered(padded, null, MONOCHROME2, 1000, 1100, 1200, 60000))
        .containsExactly(0, 128, 255, 255);
  }

  @Test
  void eight_bit_pixels_without_window_stay_as_they_are() throws Exception {
    DecodedFrame frame =
        new DecodedFrame(
            new ImageDescription(1, 3, 1, 8, 8, 7, false, MONOCHROME2, 0, 1),
            new byte[] {3, 99, (byte) 200});

    assertThat(samples(FrameRenderer.render(frame, Presentation.identity(), null)))
        .containsExactly(3, 99, 200);
  }

  @Test
  void voi_lut_spreads_its_bits_over_the_display() throws Exception {
    Lut lut = Lut.ofEntries(new int[] {0, 2048, 4095}, 7, 12);
    Presentation presentation = new Presentation.Builder().voiLut(lut).build();

    assertThat(rendered(presentation, null, MONOCHROME2, 7, 8, 9)).containsExactly(0, 128, 255);
  }

  @Test
  void palette_entries_of_16_bits_show_their_high_byte() throws Exception {
    Lut red = Lut.ofEntries(new int[] {0x0000, 0xFF00}, 0, 16);
    Lut green = Lut.ofEntries(new int[] {0x8000, 0x0000}, 0, 16);
    Lut blue = Lut.ofEntries(new int[] {0x00FF, 0x1234}, 0, 16);
    DecodedFrame frame =
        new DecodedFrame(
            new ImageDescription(1, 2, 1, 8, 8, 7, false, PALETTE_COLOR, 0, 1), new byte[] {0, 1});

    BufferedImage image =
        FrameRenderer.render(
            frame, new Presentation.Builder().palette(red, green, blue).build(), null);

    assertThat(image.getRGB(0, 0)).isEqualTo(0xFF008000);
    assertThat(image.getRGB(1, 0)).isEqualTo(0xFFFF0012);
  }

  @Test
  void downscaling_averages_areas_and_never_enlarges() {
    BufferedImage lines = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 4; y++) {
      lines.getRaster().setSample(2, y, 0, 240);
    }

    BufferedImage small = Downscale.toFit(lines, 2, 99);

    assertThat(small.getWidth()).isEqualTo(2);
    assertThat(small.getHeight()).isEqualTo(1);
    assertThat(samples(small)).containsExactly(80, 0);
    assertThat(Downscale.toFit(lines, 600, 400)).isSameAs(lines);
  }

  @Test
  void png_keeps_gray_values() throws Exception {
    BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(1, 0, 0, 77);

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(PictureWriter.toPng(gray)));

    assertThat(samples(read)).containsExactly(0, 77);
  }

  private static int[] rendered(
      Presentation presentation,
      @Nullable Window window,
      PhotometricInterpretation photometric,
      int... stored)
      throws Exception {
    byte[] cells = new byte[stored.length * 2];
    for (int i = 0; i < stored.length; i++) {
      cells[2 * i] = (byte) stored[i];
      cells[2 * i + 1] = (byte) (stored[i] >> 8);
    }
    ImageDescription image =
        new ImageDescription(1, stored.length, 1, 16, 16, 15, false, photometric, 0, 1);
    return samples(FrameRenderer.render(new DecodedFrame(image, cells), presentation, window));
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
  }
}
