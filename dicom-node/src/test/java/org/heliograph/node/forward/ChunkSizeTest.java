package org.heliograph.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkSizeTest {
  private static final double FREE = Double.POSITIVE_INFINITY;
  private static final double THIN = 5_500;

  private final ChunkSize size = new ChunkSize(ChunkSize.LARGEST);

  @Test
  void grows_with_the_link() {
    for (int i = 0; i < 20; i++) {
      size.learn(1_000_000, 0.5);
    }

    assertThat(size.next(FREE, ChunkSize.SECONDS)).isEqualTo(ChunkSize.LARGEST);
  }

  @Test
  void a_link_that_became_slow_is_not_given_chunks_that_never_end() {
    for (int i = 0; i < 20; i++) {
      size.learn(1_000_000, 0.5);
    }

    // cut after 50 s; what lay in the system's buffer counts as handed over
    size.learnFromCut((long) (50 * THIN) + 200_000, 50);

    assertThat(size.next(FREE, ChunkSize.SECONDS) / THIN).isLessThan(50);
  }

  @Test
  void a_cut_at_once_says_nothing_of_the_rate() {
    double before = size.bytesPerSecond();

    size.learnFromCut(0, 0.5);

    assertThat(size.bytesPerSecond()).isEqualTo(before);
  }
}
