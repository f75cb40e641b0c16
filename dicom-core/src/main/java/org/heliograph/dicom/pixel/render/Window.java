package org.heliograph.dicom.pixel.render;

/**
 * Window Center and Width with the function that uses them (PS3.3 C.11.2.1.2, C.11.2.1.3).
 *
 * @param center in the units that the Modality LUT gives, e.g. Hounsfield units
 */
public record Window(double center, double width, VoiLutFunction function) {

  /** Rejects widths that the standard does not allow: ≥ 1 for LINEAR, > 0 otherwise. */
  public Window {
    if (!Double.isFinite(center) || !Double.isFinite(width)) {
      throw new IllegalArgumentException("window is not finite");
    }
    if (function == VoiLutFunction.LINEAR ? width < 1 : width <= 0) {
      throw new IllegalArgumentException("window width " + width + " with " + function);
    }
  }

  /** Black at the one value, white at the other, which is larger. */
  static Window over(double low, double high) {
    double from = bounded(low);
    double to = bounded(high);
    double width = Math.max(to - from, Double.MIN_NORMAL);
    return new Window(from / 2 + to / 2, width, VoiLutFunction.LINEAR_EXACT);
  }

  /** Hostile slopes give numbers that are none, or whose difference is none. */
  private static double bounded(double value) {
    return Double.isNaN(value) ? 0 : Math.clamp(value, -Double.MAX_VALUE / 2, Double.MAX_VALUE / 2);
  }

  /** Where {@code x} falls between black (0) and white (1). */
  public double apply(double x) {
    return switch (function) {
      case LINEAR -> {
        double c = center - 0.5;
        double w = width - 1;
        if (x <= c - w / 2) {
          yield 0;
        }
        yield x > c + w / 2 ? 1 : (x - c) / w + 0.5;
      }
      case LINEAR_EXACT -> {
        if (x <= center - width / 2) {
          yield 0;
        }
        yield x > center + width / 2 ? 1 : (x - center) / width + 0.5;
      }
      case SIGMOID -> 1 / (1 + Math.exp(-4 * (x - center) / width));
    };
  }
}
