package org.heliograph.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.MONOCHROME2;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.RGB;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.YBR_FULL;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.YBR_FULL_422;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

  private static final String NATIVE = "1.2.840.10008.1.2.1";
  private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
  private static final String RLE = "1.2.840.10008.1.2.5";
  private static final String JPEG_LS = "1.2.840.10008.1.2.4.80";

  @Test
  void takes_bits_stored_below_high_bit_and_extends_the_sign() throws Exception {
    ImageDescription image = new ImageDescription(1, 2, 1, 16, 12, 13, true, MONOCHROME2, 0, 1);

    // 0x6003: bits 13..2 are 0x800, the most negative value; 0x1FFC: 0x7FF
    DecodedFrame frame =
        FrameDecoder.decode(new byte[] {0x03, 0x60, (byte) 0xFC, 0x1F}, NATIVE, image);

    assertThat(frame.value(0)).isEqualTo(-2048);
    assertThat(frame.value(1)).isEqualTo(2047);
  }

  @Test
  void reads_big_endian_words() throws Exception {
    ImageDescription image = new ImageDescription(1, 1, 1, 16, 16, 15, false, MONOCHROME2, 0, 1);

    assertThat(FrameDecoder.decode(new byte[] {1, 2}, BIG_ENDIAN, image).value(0)).isEqualTo(258);
  }

  @Test
  void reads_single_bits_from_the_middle_of_a_byte() throws Exception {
    ImageDescription image = new ImageDescription(1, 5, 1, 1, 1, 0, false, MONOCHROME2, 0, 2);

    DecodedFrame frame =
        FrameDecoder.decode(
            new byte[] {(byte) 0b1010_0000, 0b11}, 5, NATIVE, image, DecodeLimits.defaults());

    assertThat(frame.cells()).containsExactly(1, 0, 1, 1, 1);
  }

  @Test
  void turns_planes_and_chrominance_into_rgb() throws Exception {
    ImageDescription planes = new ImageDescription(1, 2, 3, 8, 8, 7, false, RGB, 1, 1);
    ImageDescription ybr = new ImageDescription(1, 1, 3, 8, 8, 7, false, YBR_FULL, 0, 1);

    assertThat(FrameDecoder.decode(new byte[] {1, 2, 3, 4, 5, 6}, NATIVE, planes).cells())
        .containsExactly(1, 3, 5, 2, 4, 6);
    // Pure red is Y 76, Cb 85, Cr 255 (C.7.6.3.1.2); rounding of Cr leaves 254
    assertThat(FrameDecoder.decode(new byte[] {76, 85, (byte) 255}, NATIVE, ybr).cells())
        .containsExactly(254, 0, 0);
  }

  @Test
  void shares_chrominance_between_two_pixels_of_422() throws Exception {
    ImageDescription image = new ImageDescription(1, 2, 3, 8, 8, 7, false, YBR_FULL_422, 0, 1);

    byte[] gray = {10, 20, (byte) 128, (byte) 128};

    assertThat(FrameDecoder.decode(gray, NATIVE, image).cells())
        .containsExactly(10, 10, 10, 20, 20, 20);
  }

  @Test
  void expands_rle_literal_and_replicate_runs() throws Exception {
    ImageDescription image = new ImageDescription(1, 5, 1, 8, 8, 7, false, MONOCHROME2, 0, 1);
    byte[] frame = new byte[64 + 6];
    frame[0] = 1;
    frame[4] = 64;
    // two literals, a no-operation, three times 9
    System.arraycopy(new byte[] {1, 7, 8, -128, -2, 9}, 0, frame, 64, 6);

    assertThat(FrameDecoder.decode(frame, RLE, image).cells()).containsExactly(7, 8, 9, 9, 9);
  }

  @Test
  void decodes_the_example_of_the_jpeg_ls_standard() throws Exception {
    // ITU-T T.87 H.3
    byte[] stream =
        HexFormat.of()
            .parseHex(
                "ffd8fff7000b0800040004010111 00ffda0008010100000000c000006c80208e".replace(" ", "")
                    + "01c0000057400000 6ee6000001bc18000005d8000091 60ffd9".replace(" ", ""));
    ImageDescription image = new ImageDescription(4, 4, 1, 8, 8, 7, false, MONOCHROME2, 0, 1);

    byte[] cells = FrameDecoder.decode(stream, JPEG_LS, image).cells();

    int[] expected = {0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145};
    for (int i = 0; i < 16; i++) {
      assertThat(cells[i] & 0xFF).isEqualTo(expected[i]);
    }
  }

  @Test
  void checks_the_limits_before_anything_else() {
    ImageDescription image =
        new ImageDescription(60000, 60000, 1, 8, 8, 7, false, MONOCHROME2, 0, 1);

    assertThatThrownBy(() -> FrameDecoder.decode(new byte[0], RLE, image))
        .isInstanceOf(DamagedPixelDataException.class)
        .hasMessage("frame of 3600000000 pixels exceeds the limit of 64000000");
    ImageDescription small = new ImageDescription(10, 10, 1, 32, 32, 31, false, MONOCHROME2, 0, 1);
    assertThatThrownBy(() ->
            FrameDecoder.decode(
                new byte[400],
                0,
                NATIVE,
                small,
                new DecodeLimits(1000, 399, Duration.ofSeconds(1))))
        .isInstanceOf(DamagedPixelDataException.class);
  }

  @Test
  void says_plainly_what_it_does_not_decode() {
    ImageDescription image = new ImageDescription(1, 1, 1, 8, 8, 7, false, MONOCHROME2, 0, 1);

    assertThat(FrameDecoder.supports("1.2.840.10008.1.2.4.102")).isFalse();
    assertThat(FrameDecoder.supports(RLE)).isTrue();
    assertThatThrownBy(() -> FrameDecoder.decode(new byte[9], "1.2.840.10008.1.2.4.102", image))
        .isInstanceOf(UnsupportedPixelDataException.class);
  }
}
