package org.heliograph.samples;

/**
 * Seeded, smooth, repeatable noise over the plane. The same seed gives the same picture on every
 * machine, so that pictures can be compared by digest.
 */
public final class Noise {
  private final long seed;

  public Noise(long seed) {
    this.seed = seed;
  }

  /** Uniform in [0, 1) at an integer lattice point. */
  public double at(long x, long y) {
    long h = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL;
    h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
    h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
    h ^= h >>> 31;
    return (h >>> 11) * 0x1.0p-53;
  }

  /** Value noise in [-1, 1] with lattice spacing 1. */
  public double smooth(double x, double y) {
    long x0 = (long) Math.floor(x);
    long y0 = (long) Math.floor(y);
    double fx = ease(x - x0);
    double fy = ease(y - y0);
    double top = at(x0, y0) + (at(x0 + 1, y0) - at(x0, y0)) * fx;
    double bottom = at(x0, y0 + 1) + (at(x0 + 1, y0 + 1) - at(x0, y0 + 1)) * fx;
    return 2 * (top + (bottom - top) * fy) - 1;
  }

  /** Sum of octaves, each of half the amplitude and twice the frequency, in about [-1, 1]. */
  public double fractal(double x, double y, int octaves) {
    double sum = 0;
    double amplitude = 0.5;
    for (int i = 0; i < octaves; i++) {
      sum += amplitude * smooth(x + 17.3 * i, y - 9.1 * i);
      // Turning each octave hides the lattice.
      double turned = 2.03 * (0.8 * x - 0.6 * y);
      y = 2.03 * (0.6 * x + 0.8 * y);
      x = turned;
      amplitude *= 0.5;
    }
    return sum;
  }

  /** Approximately normal with mean 0 and deviation 1, independent at every lattice point. */
  public double normal(long x, long y) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += at(x * 4 + i, y * 7 + i * 31L);
    }
    return (sum - 2) * 1.7320508;
  }

  /**
   * Distances to the nearest and second nearest of one jittered point a cell (spacing 1), packed as
   * second minus first: small along cell borders. Gives skin furrows and trabeculae.
   */
  public double cellBorder(double x, double y) {
    long cx = (long) Math.floor(x);
    long cy = (long) Math.floor(y);
    double first = 9;
    double second = 9;
    for (long j = cy - 1; j <= cy + 1; j++) {
      for (long i = cx - 1; i <= cx + 1; i++) {
        double dx = i + 0.15 + 0.7 * at(i, j) - x;
        double dy = j + 0.15 + 0.7 * at(i + 101, j - 57) - y;
        double d = dx * dx + dy * dy;
        if (d < first) {
          second = first;
          first = d;
        } else if (d < second) {
          second = d;
        }
      }
    }
    return Math.sqrt(second) - Math.sqrt(first);
  }

  private static double ease(double t) {
    return t * t * t * (t * (6 * t - 15) + 10);
  }
}
