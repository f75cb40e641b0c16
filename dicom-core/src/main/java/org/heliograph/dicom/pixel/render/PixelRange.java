package org.heliograph.dicom.pixel.render;

import java.util.Arrays;
import org.heliograph.dicom.pixel.DecodedFrame;

/** A window from the pixels themselves, for objects that propose none. */
final class PixelRange {

  /** Values outside these parts of the histogram saturate: burnt-in text, metal, air. */
  private static final double LOW = 0.005;

  private static final double HIGH = 0.995;
  private static final int MAX_SAMPLES = 1_000_000;

  private PixelRange() {}

  static Window of(DecodedFrame frame, Presentation presentation) {
    int pixels = frame.rows() * frame.columns();
    int step = Math.max(1, pixels / MAX_SAMPLES);
    double[] values = new double[(pixels + step - 1) / step];
    int count = 0;
    for (int i = 0; i < pixels; i += step) {
      double stored = frame.number(i);
      if (Double.isFinite(stored) && !presentation.isPadding(stored)) {
        values[count++] = presentation.modality(stored);
      }
    }
    if (count == 0) {
      return new Window(0.5, 1, VoiLutFunction.LINEAR_EXACT);
    }
    Arrays.sort(values, 0, count);
    double low = values[(int) (LOW * (count - 1))];
    double high = values[(int) Math.ceil(HIGH * (count - 1))];
    if (high <= low) {
      low = values[0];
      high = Math.max(values[count - 1], low + 1);
    }
    return Window.over(low, high);
  }
}
