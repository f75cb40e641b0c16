package org.heliograph.dicom.pixel.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Values worked out by hand from the formulas of PS3.3 C.11.2.1.2 and C.11.2.1.3. */
class WindowTest {

  @Test
  void linear_is_black_at_and_below_its_lower_edge() {
    Window window = new Window(2048, 4096, VoiLutFunction.LINEAR);

    // c - 0.5 - (w - 1) / 2 = 2048 - 0.5 - 2047.5 = 0
    assertThat(window.apply(0)).isZero();
    assertThat(window.apply(-1)).isZero();
    // (1 - 2047.5) / 4095 + 0.5 = 1 / 4095
    assertThat(window.apply(1)).isCloseTo(1 / 4095.0, within(1e-12));
    assertThat(window.apply(4095)).isEqualTo(1);
    assertThat(window.apply(4096)).isEqualTo(1);
  }

  @Test
  void linear_of_width_1_is_a_threshold() {
    Window window = new Window(100, 1, VoiLutFunction.LINEAR);

    assertThat(window.apply(99.5)).isZero();
    assertThat(window.apply(100)).isEqualTo(1);
  }

  @Test
  void linear_exact_maps_center_to_the_middle() {
    Window window = new Window(40, 400, VoiLutFunction.LINEAR_EXACT);

    assertThat(window.apply(-160)).isZero();
    assertThat(window.apply(-60)).isEqualTo(0.25);
    assertThat(window.apply(40)).isEqualTo(0.5);
    assertThat(window.apply(240)).isEqualTo(1);
  }

  @Test
  void sigmoid_has_its_slope_from_the_width() {
    Window window = new Window(50, 100, VoiLutFunction.SIGMOID);

    assertThat(window.apply(50)).isEqualTo(0.5);
    // 1 / (1 + e^(-4 * 25 / 100)) = 1 / (1 + e^-1)
    assertThat(window.apply(75)).isCloseTo(0.731058578630, within(1e-12));
    assertThat(window.apply(0)).isCloseTo(0.119202922022, within(1e-12));
  }

  @Test
  void refuses_widths_that_the_standard_excludes() {
    assertThatThrownBy(() -> new Window(0, 0.5, VoiLutFunction.LINEAR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Window(0, 0, VoiLutFunction.LINEAR_EXACT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Window(Double.NaN, 1, VoiLutFunction.SIGMOID))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
