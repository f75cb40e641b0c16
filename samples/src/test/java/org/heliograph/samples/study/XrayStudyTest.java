package org.heliograph.samples.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.xray.Hand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XrayStudyTest {
  private static final LocalDateTime TAKEN = LocalDateTime.of(2026, 11, 20, 9, 30);

  @Test
  void the_same_study_made_twice_is_the_same_study() {
    Dataset first = study(XrayStudy.Projection.HAND_RIGHT).image(1, new Hand(2).radiograph());
    Dataset again = study(XrayStudy.Projection.HAND_RIGHT).image(1, new Hand(2).radiograph());

    assertThat(again).isEqualTo(first);
    assertThat(first.bytes(Tag.PixelData)).hasSize(2000 * 2500 * 2);
  }

  @ParameterizedTest
  @EnumSource(XrayStudy.Projection.class)
  void a_validator_we_did_not_write_finds_no_error(XrayStudy.Projection projection)
      throws Exception {
    Dataset image = study(projection).image(1, new Hand(2).radiograph());

    assertThat(Validator.errors(image, projection.name())).isEmpty();
  }

  private static XrayStudy study(XrayStudy.Projection projection) {
    return new XrayStudy(SyntheticPatient.XIAOMING, projection, "CST-2026-1", TAKEN);
  }
}
