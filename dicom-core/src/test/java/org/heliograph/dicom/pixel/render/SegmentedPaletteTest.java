package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.RealData;
import org.junit.jupiter.api.Test;

class SegmentedPaletteTest {

  @Test
  void discrete_linear_and_indirect_segments_follow_each_other() throws Exception {
    // Two entries 10 and 20; four more up to 60; then the first two segments again.
    int[] words = {0, 2, 10, 20, 1, 4, 60, 2, 2, 0, 0};

    assertThat(SegmentedPalette.expand(bytes(words), 12, false))
        .containsExactly(10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60);
  }

  @Test
  void segments_of_bytes_have_offsets_of_four_bytes() throws Exception {
    byte[] segments = {0, 1, 7, 1, 2, 9, 2, 1, 3, 0, 0, 0};

    // 7; up to 9 in two steps; again two steps from 9 to 9
    assertThat(SegmentedPalette.expand(segments, 5, true)).containsExactly(7, 8, 9, 9, 9);
  }

  @Test
  void a_real_palette_runs_from_magenta_to_yellow() throws Exception {
    Dataset spring = RealData.read("dicom/palette/spring-segmented.dcm").object().dataset();

    int[] red = expanded(spring, Tag.SegmentedRedPaletteColorLookupTableData);
    int[] green = expanded(spring, Tag.SegmentedGreenPaletteColorLookupTableData);
    int[] blue = expanded(spring, Tag.SegmentedBluePaletteColorLookupTableData);

    for (int i = 0; i < 256; i++) {
      assertThat(red[i]).isEqualTo(255);
      assertThat(green[i]).isEqualTo(i);
      assertThat(blue[i]).isEqualTo(255 - i);
    }
  }

  private static int[] expanded(Dataset palette, int tag) throws Exception {
    return SegmentedPalette.expand(palette.bytes(tag), 256, true);
  }

  @Test
  void random_segments_end_in_a_table_or_in_the_declared_exception() {
    long seed = 99;
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] data = new byte[random.nextInt(60)];
      random.nextBytes(data);
      for (int at = 0; at + 1 < data.length; at += 1 + random.nextInt(8)) {
        data[at] = (byte) random.nextInt(3);
      }
      try {
        assertThat(SegmentedPalette.expand(data, 256, random.nextBoolean())).hasSize(256);
      } catch (DamagedPixelDataException _) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", seed).isBetween(1, 4_999);
  }

  @Test
  void segments_that_add_nothing_do_not_go_on_for_ever() {
    // An empty discrete segment, and an indirect one that repeats it 65535 times.
    int[] words = {0, 0, 2, 0xFFFF, 0, 0, 2, 0xFFFF, 0, 0};

    assertThatThrownBy(() -> SegmentedPalette.expand(bytes(words), 10, false))
        .isInstanceOf(DamagedPixelDataException.class);
  }

  private static byte[] bytes(int... words) {
    byte[] bytes = new byte[words.length * 2];
    for (int i = 0; i < words.length; i++) {
      bytes[2 * i] = (byte) words[i];
      bytes[2 * i + 1] = (byte) (words[i] >> 8);
    }
    return bytes;
  }
}
