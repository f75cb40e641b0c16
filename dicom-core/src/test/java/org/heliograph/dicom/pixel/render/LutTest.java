package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.junit.jupiter.api.Test;

class LutTest {

  @Test
  void takes_the_first_entry_below_and_the_last_above_its_range() throws Exception {
    Lut lut = Lut.of(new int[] {3, 10, 16}, new byte[] {0, 1, 0, 2, 0, 3}, false);

    assertThat(lut.apply(-5)).isEqualTo(0x100);
    assertThat(lut.apply(10)).isEqualTo(0x100);
    assertThat(lut.apply(11)).isEqualTo(0x200);
    assertThat(lut.apply(99)).isEqualTo(0x300);
  }

  @Test
  void reads_the_first_mapped_value_as_signed_for_signed_pixels() throws Exception {
    byte[] data = {0, 10, 20, 30};

    assertThat(Lut.of(new int[] {4, 0xFFFE, 8}, data, true).apply(-1)).isEqualTo(10);
    assertThat(Lut.of(new int[] {4, 0xFFFE, 8}, data, false).apply(0xFFFF)).isEqualTo(10);
  }

  @Test
  void a_count_of_0_means_65536_entries() throws Exception {
    byte[] data = new byte[131072];
    data[131070] = 7;

    assertThat(Lut.of(new int[] {0, 0, 16}, data, false).apply(65535)).isEqualTo(7);
  }

  @Test
  void gives_the_part_of_its_whole_range_as_display_value() throws Exception {
    Lut lut = Lut.of(new int[] {2, 0, 12}, new byte[] {0, 0, (byte) 0xFF, 0x0F}, false);

    assertThat(lut.fraction(0)).isZero();
    assertThat(lut.fraction(1)).isEqualTo(1);
  }

  @Test
  void refuses_less_data_than_entries() {
    assertThatThrownBy(() -> Lut.of(new int[] {5, 0, 8}, new byte[4], false))
        .isInstanceOf(DamagedPixelDataException.class);
    assertThatThrownBy(() -> Lut.of(new int[] {5}, new byte[4], false))
        .isInstanceOf(DamagedPixelDataException.class);
  }

  @Test
  void expands_discrete_linear_and_indirect_segments() throws Exception {
    // discrete 2: 5 9; linear 4 to 17; indirect: 1 segment from byte 8 (the linear one)
    byte[] words = words(0, 2, 5, 9, 1, 4, 17, 2, 1, 8, 0);

    int[] entries = SegmentedPalette.expand(words, 10, false);

    assertThat(entries).containsExactly(5, 9, 11, 13, 15, 17, 17, 17, 17, 17);
  }

  @Test
  void refuses_segments_that_end_early_or_point_forward() {
    assertThatThrownBy(() -> SegmentedPalette.expand(words(0, 9, 1), 9, false))
        .isInstanceOf(DamagedPixelDataException.class);
    assertThatThrownBy(() -> SegmentedPalette.expand(words(2, 1, 0, 0), 9, false))
        .isInstanceOf(DamagedPixelDataException.class);
    assertThatThrownBy(() -> SegmentedPalette.expand(words(7, 1, 0, 0), 9, false))
        .isInstanceOf(DamagedPixelDataException.class);
  }

  private static byte[] words(int... words) {
    byte[] bytes = new byte[words.length * 2];
    for (int i = 0; i < words.length; i++) {
      bytes[2 * i] = (byte) words[i];
      bytes[2 * i + 1] = (byte) (words[i] >> 8);
    }
    return bytes;
  }
}
