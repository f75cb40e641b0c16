package org.heliograph.samples.xray;

import java.util.stream.IntStream;
import org.heliograph.samples.Noise;

/**
 * Turns attenuation paths into the picture a digital detector and its processing would give:
 * Beer-Lambert transmission, scatter, quantum noise that is strongest where little arrives, the
 * logarithm, local contrast, and a lead marker.
 *
 * @param bitsStored 12 to 16
 * @param tissuePerMillimetre linear attenuation of soft tissue at the beam's quality
 * @param bonePerMillimetre the same for compact bone
 * @param noise relative quantum noise of the open beam
 * @param scatter share of the local mean that reaches the detector as scatter
 */
record Exposure(
    int bitsStored,
    double tissuePerMillimetre,
    double bonePerMillimetre,
    double noise,
    double scatter) {

  static final Exposure CHEST = new Exposure(14, 0.0185, 0.044, 0.006, 0.22);
  static final Exposure EXTREMITY = new Exposure(12, 0.024, 0.075, 0.007, 0.05);

  Radiograph expose(
      Attenuation body, int columns, int rows, double pitch, LeadMarker marker, long seed) {
    int w = body.width;
    int h = body.height;
    float[] transmission = new float[w * h];
    IntStream.range(0, w * h)
        .parallel()
        .forEach(i ->
            transmission[i] =
                (float)
                    Math.exp(
                        -tissuePerMillimetre * body.tissue[i] - bonePerMillimetre * body.bone[i]));
    float[] scattered = Blur.box(transmission, w, h, (int) (25 / body.millimetresPerCell));
    float[] density = new float[w * h];
    IntStream.range(0, w * h)
        .parallel()
        .forEach(
            i -> density[i] = (float) -Math.log(transmission[i] + scatter * scattered[i] + 1e-4));
    float[] wide = Blur.box(density, w, h, (int) (18 / body.millimetresPerCell));
    float[] fine = Blur.box(density, w, h, Math.max(1, (int) (1.2 / body.millimetresPerCell)));
    float[] processed = new float[w * h];
    IntStream.range(0, w * h)
        .parallel()
        .forEach(i ->
            processed[i] =
                density[i] + 0.45f * (density[i] - wide[i]) + 0.5f * (density[i] - fine[i]));
    double low = percentile(processed, 0.02);
    double high = percentile(processed, 0.996);
    int top = (1 << bitsStored) - 1;
    double gain = top * 0.86 / (high - low);
    double offset = top * 0.04;
    Noise grain = new Noise(seed);
    char[] pixels = new char[columns * rows];
    IntStream.range(0, rows)
        .parallel()
        .forEach(row -> {
          for (int column = 0; column < columns; column++) {
            double fx = (column + 0.5) * pitch / body.millimetresPerCell - 0.5;
            double fy = (row + 0.5) * pitch / body.millimetresPerCell - 0.5;
            double value = sample(processed, w, h, fx, fy);
            double arrived = sample(transmission, w, h, fx, fy) + 0.02;
            double g =
                0.6 * grain.normal(column, row) + 0.4 * grain.normal(column / 2 + 90_001, row / 2);
            double shown = (value - low + noise / Math.sqrt(arrived) * g) * gain + offset;
            double lead = marker.coverage((column + 0.5) * pitch, (row + 0.5) * pitch);
            shown += lead * (top * 0.97 - shown);
            pixels[row * columns + column] = (char) Math.clamp(Math.round(shown), 0, top);
          }
        });
    int center = (int) Math.round(top * 0.5);
    int width = (int) Math.round(top * 0.86);
    return new Radiograph(
        columns, rows, bitsStored, pitch, center, width, (c, r) -> pixels[r * columns + c]);
  }

  private static double sample(float[] plane, int w, int h, double x, double y) {
    int x0 = Math.clamp((long) Math.floor(x), 0, w - 2);
    int y0 = Math.clamp((long) Math.floor(y), 0, h - 2);
    double fx = Math.clamp(x - x0, 0, 1);
    double fy = Math.clamp(y - y0, 0, 1);
    int i = y0 * w + x0;
    double upper = plane[i] + (plane[i + 1] - plane[i]) * fx;
    double lower = plane[i + w] + (plane[i + w + 1] - plane[i + w]) * fx;
    return upper + (lower - upper) * fy;
  }

  private static double percentile(float[] values, double share) {
    int step = Math.max(1, values.length / 50_000);
    int count = values.length / step;
    double[] sorted =
        IntStream.range(0, count).mapToDouble(i -> values[i * step]).sorted().toArray();
    return sorted[(int) (share * (count - 1))];
  }
}
