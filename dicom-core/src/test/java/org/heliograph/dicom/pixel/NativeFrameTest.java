package org.heliograph.dicom.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.MONOCHROME2;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.YBR_FULL;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.YBR_FULL_422;
import static org.heliograph.dicom.pixel.PhotometricInterpretation.YBR_PARTIAL_422;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NativeFrameTest {

  private static final String LITTLE = "1.2.840.10008.1.2.1";
  private static final String BIG = "1.2.840.10008.1.2.2";

  @Test
  void every_width_of_bits_gives_back_the_numbers_that_were_packed() throws Exception {
    long seed = 4711;
    Random random = new Random(seed);
    for (int allocated = 1; allocated <= 64; allocated++) {
      for (int round = 0; round < 6; round++) {
        int stored = 1 + random.nextInt(allocated);
        int high = stored - 1 + random.nextInt(allocated - stored + 1);
        boolean signed = random.nextBoolean();
        int firstBit = allocated % 8 == 0 ? 0 : random.nextInt(8);
        int columns = 1 + random.nextInt(9);
        long[] cells = random.longs(columns).toArray();
        ImageDescription image =
            new ImageDescription(1, columns, 1, allocated, stored, high, signed, MONOCHROME2, 0, 1);

        DecodedFrame frame =
            FrameDecoder.decode(
                packed(cells, allocated, firstBit),
                firstBit,
                LITTLE,
                image,
                DecodeLimits.defaults());

        for (int i = 0; i < columns; i++) {
          assertThat(frame.value(i))
              .as("%d/%d/%d signed %s, seed %d", allocated, stored, high, signed, seed)
              .isEqualTo(value(cells[i], stored, high, signed));
        }
      }
    }
  }

  /** By arithmetic on numbers of any size instead of shifts. */
  private static long value(long cell, int stored, int high, boolean signed) {
    BigInteger bits = new BigInteger(Long.toUnsignedString(cell)).shiftRight(high + 1 - stored);
    bits = bits.mod(BigInteger.TWO.pow(stored));
    if (signed && bits.testBit(stored - 1)) {
      bits = bits.subtract(BigInteger.TWO.pow(stored));
    }
    return bits.longValue();
  }

  private static byte[] packed(long[] cells, int bits, int firstBit) {
    byte[] bytes = new byte[(cells.length * bits + firstBit + 7) / 8];
    for (int i = 0; i < cells.length; i++) {
      for (int b = 0; b < bits; b++) {
        int at = firstBit + i * bits + b;
        bytes[at / 8] |= (byte) ((cells[i] >>> b & 1) << (at % 8));
      }
    }
    return bytes;
  }

  @Test
  void twelve_packed_bits_take_three_bytes_for_two_pixels() throws Exception {
    ImageDescription image = new ImageDescription(1, 2, 1, 12, 12, 11, false, MONOCHROME2, 0, 1);

    DecodedFrame frame = FrameDecoder.decode(new byte[] {0x23, 0x61, 0x45}, LITTLE, image);

    assertThat(frame.value(0)).isEqualTo(0x123);
    assertThat(frame.value(1)).isEqualTo(0x456);
  }

  @Test
  void wide_cells_in_big_endian() throws Exception {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};

    assertThat(FrameDecoder.decode(bytes, BIG, gray(64)).value(0)).isEqualTo(0x0102030405060708L);
    assertThat(FrameDecoder.decode(bytes, BIG, gray(32)).value(0)).isEqualTo(0x01020304);
    assertThat(FrameDecoder.decode(bytes, BIG, gray(24)).value(0)).isEqualTo(0x010203);
  }

  private static ImageDescription gray(int bits) {
    return new ImageDescription(1, 1, 1, bits, bits, bits - 1, false, MONOCHROME2, 0, 1);
  }

  @Test
  void floating_point_samples_are_numbers() throws Exception {
    byte[] floats = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(-1.5f).array();
    byte[] doubles = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e300).array();

    assertThat(FrameDecoder.decode(floats, LITTLE, real(32, SampleType.FLOAT)).number(0))
        .isEqualTo(-1.5);
    assertThat(FrameDecoder.decode(doubles, LITTLE, real(64, SampleType.DOUBLE)).number(0))
        .isEqualTo(1e300);
  }

  private static ImageDescription real(int bits, SampleType type) {
    return new ImageDescription(1, 1, 1, bits, bits, bits - 1, false, MONOCHROME2, 0, 1, type);
  }

  @Test
  void partial_range_luminance_spreads_over_the_whole_range() throws Exception {
    ImageDescription image = new ImageDescription(1, 2, 3, 8, 8, 7, false, YBR_PARTIAL_422, 0, 1);
    byte[] blackAndWhite = {16, (byte) 235, (byte) 128, (byte) 128};

    assertThat(FrameDecoder.decode(blackAndWhite, LITTLE, image).cells())
        .containsExactly(0, 0, 0, -1, -1, -1);
  }

  @Test
  void sixteen_bit_luminance_and_chrominance() throws Exception {
    ImageDescription image = new ImageDescription(1, 1, 3, 16, 16, 15, false, YBR_FULL, 0, 1);
    // Y 10000, Cb neutral, Cr neutral + 1000: R = 10000 + 1402, G = 10000 - 714, B = Y
    byte[] pixel = {0x10, 0x27, 0x00, (byte) 0x80, (byte) 0xE8, (byte) 0x83};

    DecodedFrame frame = FrameDecoder.decode(pixel, LITTLE, image);

    assertThat(frame.value(0)).isEqualTo(11402);
    assertThat(frame.value(1)).isEqualTo(9286);
    assertThat(frame.value(2)).isEqualTo(10000);
  }

  @Test
  void an_odd_last_pixel_of_422_takes_its_neighbours_chrominance() throws Exception {
    ImageDescription image = new ImageDescription(1, 3, 3, 8, 8, 7, false, YBR_FULL_422, 0, 1);
    byte[] pixels = {10, 20, (byte) 128, (byte) 128, 30, 0};

    assertThat(FrameDecoder.decode(pixels, LITTLE, image).cells())
        .containsExactly(10, 10, 10, 20, 20, 20, 30, 30, 30);
  }

  @Test
  void refuses_frames_that_are_too_short() {
    assertThatThrownBy(() -> FrameDecoder.decode(new byte[7], LITTLE, gray(64)))
        .isInstanceOf(DamagedPixelDataException.class)
        .hasMessage("native frame has 7 bytes of 8");
  }
}
