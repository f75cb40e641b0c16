package org.heliograph.samples.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.samples.people.SyntheticPatient;
import org.junit.jupiter.api.Test;

class CtStudyTest {
  private static final LocalDateTime TAKEN = LocalDateTime.of(2026, 11, 20, 9, 30);

  private final CtStudy study = new CtStudy(SyntheticPatient.OLENA, "CST-CT-1", TAKEN, 40);

  @Test
  void the_same_slice_made_twice_is_the_same_slice() {
    CtStudy again = new CtStudy(SyntheticPatient.OLENA, "CST-CT-1", TAKEN, 40);

    assertThat(again.slice(7)).isEqualTo(study.slice(7));
  }

  @Test
  void slices_follow_each_other_upwards_in_one_series() {
    Dataset lower = study.slice(20);
    Dataset upper = study.slice(21);

    assertThat(upper.string(Tag.SeriesInstanceUID)).isEqualTo(lower.string(Tag.SeriesInstanceUID));
    assertThat(upper.string(Tag.SOPInstanceUID)).isNotEqualTo(lower.string(Tag.SOPInstanceUID));
    assertThat(upper.decimal(Tag.SliceLocation).orElseThrow())
        .isEqualTo(lower.decimal(Tag.SliceLocation).orElseThrow() + 1.25);
  }

  @Test
  void a_validator_we_did_not_write_finds_no_error() throws Exception {
    assertThat(Validator.errors(study.slice(20), "ct")).isEmpty();
  }

  @Test
  void every_pixel_fits_its_bits() {
    byte[] pixels = study.slice(20).bytes(Tag.PixelData);
    List<Integer> tooLarge = new ArrayList<>();
    for (int i = 1; i < pixels.length; i += 2) {
      if ((pixels[i] & 0xf0) != 0) {
        tooLarge.add(i);
      }
    }

    assertThat(pixels).hasSize(512 * 512 * 2);
    assertThat(tooLarge).isEmpty();
  }
}
