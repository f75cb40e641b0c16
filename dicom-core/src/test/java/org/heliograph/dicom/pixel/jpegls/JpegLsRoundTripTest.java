package org.heliograph.dicom.pixel.jpegls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.pixel.Samples;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JpegLsRoundTripTest {

  private static final long SEED = 20260301;

  @ParameterizedTest
  @EnumSource(Samples.class)
  void gives_every_sample_back_at_each_precision_and_size(Samples samples) throws Exception {
    int[][] sizes = {{1, 1}, {1, 2}, {2, 1}, {1, 300}, {300, 1}, {3, 5}, {64, 64}, {31, 257}};
    for (int bits = 2; bits <= 16; bits++) {
      for (int[] size : sizes) {
        for (int components : new int[] {1, 3}) {
          for (int allocated : bits <= 8 ? new int[] {8, 16} : new int[] {16}) {
            SampleLayout layout = new SampleLayout(size[0], size[1], components, allocated);
            byte[] cells = samples.cells(layout, bits, SEED);

            byte[] stream = JpegLsEncoder.encode(cells, layout, bits);

            assertThat(JpegLsDecoder.decode(stream, layout))
                .as("%s of %d bits, seed %d", layout, bits, SEED)
                .isEqualTo(cells);
          }
        }
      }
    }
  }

  @Test
  void gives_random_sizes_back() throws Exception {
    Random random = new Random(SEED);
    List<Samples> kinds = List.of(Samples.values());
    for (int i = 0; i < 300; i++) {
      int bits = 2 + random.nextInt(15);
      SampleLayout layout =
          new SampleLayout(
              1 + random.nextInt(90), 1 + random.nextInt(90), random.nextInt(4) == 0 ? 3 : 1, 16);
      Samples samples = kinds.get(random.nextInt(kinds.size()));
      byte[] cells = samples.cells(layout, bits, i);

      byte[] back = JpegLsDecoder.decode(JpegLsEncoder.encode(cells, layout, bits), layout);

      assertThat(back).as("%s %s of %d bits, seed %d", samples, layout, bits, i).isEqualTo(cells);
    }
  }

  @Test
  void near_lossless_no_sample_comes_back_further_off_than_allowed() throws Exception {
    Random random = new Random(SEED);
    List<Samples> kinds = List.of(Samples.values());
    for (int i = 0; i < 600; i++) {
      int bits = 4 + random.nextInt(13);
      int near = 1 + random.nextInt(Math.min(255, ((1 << bits) - 1) / 2));
      near = random.nextBoolean() ? Math.min(near, 1 + random.nextInt(4)) : near;
      int allocated = bits <= 8 && random.nextBoolean() ? 8 : 16;
      SampleLayout layout =
          new SampleLayout(
              1 + random.nextInt(70),
              1 + random.nextInt(70),
              random.nextInt(4) == 0 ? 3 : 1,
              allocated);
      Samples samples = kinds.get(random.nextInt(kinds.size()));
      byte[] cells = samples.cells(layout, bits, i);

      byte[] back = JpegLsDecoder.decode(JpegLsEncoder.encode(cells, layout, bits, near), layout);

      for (int at = 0; at < cells.length; at += layout.bytesPerSample()) {
        assertThat(Math.abs(value(back, at, layout) - value(cells, at, layout)))
            .as("%s %s of %d bits, near %d, seed %d", samples, layout, bits, near, i)
            .isLessThanOrEqualTo(near);
      }
    }
  }

  private static int value(byte[] cells, int at, SampleLayout layout) {
    int low = cells[at] & 0xFF;
    return layout.bytesPerSample() == 1 ? low : low | (cells[at + 1] & 0xFF) << 8;
  }

  @Test
  void row_by_row_gives_the_same_stream_and_the_same_rows() throws Exception {
    for (int components : new int[] {1, 3}) {
      for (int near : new int[] {0, 3}) {
        SampleLayout layout = new SampleLayout(300, 411, components, 16);
        byte[] cells = Samples.ANATOMY.cells(layout, 14, SEED);
        int rowBytes = cells.length / 300;

        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        JpegLsEncoder encoder = JpegLsEncoder.to(stream, layout, 14, near);
        for (int y = 0; y < 300; y++) {
          encoder.row(Arrays.copyOfRange(cells, y * rowBytes, (y + 1) * rowBytes));
        }
        encoder.finish();
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        JpegLsDecoder.rows(stream.toByteArray(), layout, rows::writeBytes);

        assertThat(stream.toByteArray()).isEqualTo(JpegLsEncoder.encode(cells, layout, 14, near));
        assertThat(rows.toByteArray())
            .isEqualTo(JpegLsDecoder.decode(stream.toByteArray(), layout));
      }
    }
  }

  @Test
  void a_frame_with_too_few_rows_is_not_finished() throws Exception {
    SampleLayout layout = new SampleLayout(2, 2, 1, 8);
    JpegLsEncoder encoder = JpegLsEncoder.to(OutputStream.nullOutputStream(), layout, 8, 0);
    encoder.row(new byte[2]);

    assertThatThrownBy(encoder::finish).isInstanceOf(CodecException.class);
  }

  @Test
  void gives_a_large_frame_back() throws Exception {
    SampleLayout layout = new SampleLayout(3000, 3000, 1, 16);
    byte[] cells = Samples.ANATOMY.cells(layout, 14, SEED);

    assertThat(JpegLsDecoder.decode(JpegLsEncoder.encode(cells, layout, 14), layout))
        .isEqualTo(cells);
  }

  @Test
  void refuses_values_that_would_not_come_back() {
    SampleLayout layout = new SampleLayout(2, 2, 1, 16);

    assertThatThrownBy(
            () -> JpegLsEncoder.encode(new byte[] {0, 0, 0, 0x10, 0, 0, 0, 0}, layout, 12))
        .isInstanceOf(CodecException.class)
        .hasMessage("samples have more than the 12 bits announced");
  }

  @Test
  void writes_the_coding_parameters_from_13_bits_on() throws Exception {
    SampleLayout layout = new SampleLayout(4, 4, 1, 16);

    byte[] lse = {(byte) 0xFF, (byte) 0xF8, 0, 13};

    assertThat(JpegLsEncoder.encode(new byte[32], layout, 12)).hasSizeLessThan(50);
    assertThat(JpegLsEncoder.encode(new byte[32], layout, 13)).containsSequence(lse);
  }
}
