package org.heliograph.samples.skin;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkinPhotoTest {
  @ParameterizedTest
  @EnumSource(Lesion.class)
  void a_lesion_differs_from_the_skin_round_it(Lesion lesion) {
    BufferedImage photo = new SkinPhoto(SkinTone.III, lesion, SkinPhoto.View.LANDMARK, 8).image();

    double change = 0;
    for (int radius = 0; radius <= 260; radius += 10) {
      int[] spot = mean(photo, 1000 + radius, 720);
      int[] skin = mean(photo, 400, 720);
      change = Math.max(change, Math.abs(spot[1] - skin[1]));
    }

    assertThat(photo.getWidth()).isEqualTo(2000);
    assertThat(change).isGreaterThan(12);
  }

  @Test
  void skin_tones_go_from_fair_to_dark() {
    int before = 256;
    for (SkinTone tone : SkinTone.values()) {
      BufferedImage photo = new SkinPhoto(tone, Lesion.NEVUS, SkinPhoto.View.OVERVIEW, 1).image();
      int green = mean(photo, 400, 720)[1];
      assertThat(green).isLessThan(before - 8);
      before = green;
    }
  }

  private static int[] mean(BufferedImage image, int x, int y) {
    int[] sum = new int[3];
    for (int j = -8; j < 8; j++) {
      for (int i = -8; i < 8; i++) {
        int rgb = image.getRGB(x + i, y + j);
        sum[0] += rgb >> 16 & 255;
        sum[1] += rgb >> 8 & 255;
        sum[2] += rgb & 255;
      }
    }
    return new int[] {sum[0] / 256, sum[1] / 256, sum[2] / 256};
  }
}
