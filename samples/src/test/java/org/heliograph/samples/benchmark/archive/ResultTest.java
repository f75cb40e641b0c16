package org.heliograph.samples.benchmark.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.heliograph.samples.benchmark.archive.Result.Better;
import org.heliograph.samples.benchmark.archive.Result.Reach;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultTest {
  @Test
  void a_ratio_above_one_is_in_our_favour_whichever_way_is_better() {
    assertThat(result(Better.LESS, 2, 6, null).ratio()).isEqualTo(3);
    assertThat(result(Better.MORE, 6, 2, null).ratio()).isEqualTo(3);
  }

  @Test
  void a_reach_is_a_value_or_a_ratio() {
    assertThat(result(Better.LESS, 2, 6, Reach.value(1.5)).met()).isFalse();
    assertThat(result(Better.LESS, 1.4, 6, Reach.value(1.5)).met()).isTrue();
    assertThat(result(Better.MORE, 6, 2, Reach.times(3)).met()).isTrue();
    assertThat(result(Better.MORE, 5, 2, Reach.times(3)).row()).contains("≥ 3.00 ×: **missed**");
  }

  @Test
  void what_was_not_measured_is_not_judged() {
    Result alone = Result.ours("what", "ms", Better.LESS, 1, Reach.times(2));

    assertThat(alone.met()).isNull();
    assertThat(alone.row()).isEqualTo("| what | ms | 1.00 | – | – | – | – | – | ≥ 2.00 × |");
  }

  @Test
  void the_picture_shows_lines_that_have_peers() {
    String picture =
        BarChart.draw(
            List.of(
                result(Better.LESS, 2, 6, null), Result.ours("alone", "ms", Better.LESS, 1, null)));

    assertThat(picture).startsWith("<svg").contains(">what<").doesNotContain(">alone<");
  }

  private static Result result(Better better, double ours, double theirs, @Nullable Reach reach) {
    return new Result(
        "what",
        "ms",
        better,
        Map.of(Product.HELIOGRAPH, ours, Product.ORTHANC_POSTGRESQL, theirs),
        reach);
  }
}
