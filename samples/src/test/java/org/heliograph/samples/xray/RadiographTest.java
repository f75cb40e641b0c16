package org.heliograph.samples.xray;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RadiographTest {
  @Test
  void the_same_seed_gives_the_same_chest_and_another_seed_another() {
    Radiograph first = new Chest(4, Chest.Finding.NONE).radiograph();
    Radiograph again = new Chest(4, Chest.Finding.NONE).radiograph();
    Radiograph other = new Chest(5, Chest.Finding.NONE).radiograph();

    assertThat(sum(again)).isEqualTo(sum(first));
    assertThat(sum(other)).isNotEqualTo(sum(first));
  }

  @Test
  void lungs_are_dark_heart_and_abdomen_bright_and_every_value_fits_the_bits() {
    Radiograph chest = new Chest(1, Chest.Finding.NONE).radiograph();

    double lung = mean(chest, 480, 1150, 60);
    double heart = mean(chest, 1250, 1500, 60);
    double air = mean(chest, 30, 2300, 20);

    assertThat(heart).isGreaterThan(1.6 * lung);
    assertThat(air).isLessThan(lung);
    assertThat(max(chest)).isBetween(1 << 12, (1 << 14) - 1);
  }

  @Test
  void a_consolidation_whitens_the_right_lower_zone_only() {
    Radiograph normal = new Chest(1, Chest.Finding.NONE).radiograph();
    Radiograph ill = new Chest(1, Chest.Finding.RIGHT_LOWER_LOBE_CONSOLIDATION).radiograph();

    assertThat(mean(ill, 590, 1530, 80)).isGreaterThan(1.15 * mean(normal, 590, 1530, 80));
    assertThat(mean(ill, 480, 800, 60))
        .isBetween(0.9 * mean(normal, 480, 800, 60), 1.1 * mean(normal, 480, 800, 60));
  }

  @Test
  void a_break_leaves_a_dark_line_across_the_radius() {
    Radiograph whole = new Forearm(3, Forearm.Fracture.NONE).radiograph();
    Radiograph broken = new Forearm(3, Forearm.Fracture.DISTAL_RADIUS).radiograph();

    assertThat(darkest(broken)).isLessThan(0.75 * darkest(whole));
  }

  @Test
  void a_hand_has_the_size_and_bits_it_says() {
    Radiograph hand = new Hand(2).radiograph();

    assertThat(hand.columns()).isEqualTo(2000);
    assertThat(hand.rows()).isEqualTo(2500);
    assertThat(hand.bitsStored()).isEqualTo(12);
    assertThat(max(hand)).isBetween(1 << 11, (1 << 12) - 1);
  }

  /** The darkest place in the middle of the distal radius, averaged over a few pixels. */
  private static double darkest(Radiograph forearm) {
    double least = 1e9;
    for (int row = 1680; row < 1960; row += 2) {
      least = Math.min(least, mean(forearm, 1112, row, 3));
    }
    return least;
  }

  private static double mean(Radiograph r, int column, int row, int half) {
    double sum = 0;
    int n = 0;
    for (int y = row - half; y <= row + half; y++) {
      for (int x = column - half; x <= column + half; x++) {
        sum += r.pixels().at(x, y);
        n++;
      }
    }
    return sum / n;
  }

  private static int max(Radiograph r) {
    int max = 0;
    for (int y = 0; y < r.rows(); y += 3) {
      for (int x = 0; x < r.columns(); x += 3) {
        max = Math.max(max, r.pixels().at(x, y));
      }
    }
    return max;
  }

  private static long sum(Radiograph r) {
    long sum = 0;
    for (int y = 0; y < r.rows(); y++) {
      for (int x = 0; x < r.columns(); x++) {
        sum = 31 * sum + r.pixels().at(x, y);
      }
    }
    return sum;
  }
}
