package org.heliograph.samples.skin;

import org.heliograph.samples.Noise;

/** A skin change, described at a place in millimetres from its centre. */
public enum Lesion {
  /** A common mole: round, even, two shades of brown, slightly raised. */
  NEVUS {
    @Override
    Effect at(double x, double y, Noise noise) {
      double r = Math.hypot(x / 3.1, y / 2.7) + 0.10 * noise.fractal(x / 2, y / 2, 3);
      double inside = edge(r, 1, 0.16);
      double centre = edge(r, 0.55, 0.5);
      double net = 0.18 * noise.fractal(x * 2.2, y * 2.2, 3);
      return new Effect(
          inside * Math.clamp(0.62 + 0.24 * centre + net, 0, 1),
          0.06 * inside,
          0,
          0.5 * inside * (1 - r * r));
    }
  },
  /** Asymmetric, with notched border and several colours: what must not be missed. */
  ATYPICAL_PIGMENTED {
    @Override
    Effect at(double x, double y, Noise noise) {
      double angle = Math.atan2(y, x);
      double radius = 5.4 + 1.5 * Math.sin(angle * 2 + 0.6) + 0.9 * Math.sin(angle * 3 + 2);
      double r = Math.hypot(x, y) / radius + 0.26 * noise.fractal(x / 2.6, y / 2.6, 4);
      double inside = edge(r, 1, 0.12);
      double patches = noise.fractal(x / 2.2 + 40, y / 2.2, 4);
      double dark =
          Math.clamp(0.66 + 0.75 * patches + 0.055 + 0.105 * Math.tanh((x - 1) / 0.9), 0.28, 1);
      double scar = edge(Math.hypot((x + 2.2) / 1.5, (y - 1.6) / 1.2), 1, 0.7);
      return new Effect(
          inside * dark * (1 - 0.75 * scar), inside * (0.08 + 0.22 * scar), 0, 0.35 * inside);
    }
  },
  /** A sharply bordered red plaque under silvery scale. */
  PSORIASIS {
    @Override
    Effect at(double x, double y, Noise noise) {
      double r = Math.hypot(x / 17, y / 12.5) + 0.24 * noise.fractal(x / 7, y / 7, 4);
      double inside = edge(r, 1, 0.09);
      double flakes =
          0.8 * noise.fractal(x / 2.1, y / 2.1, 5) + 0.6 * noise.fractal(x / 6 + 9, y / 6, 3);
      double scale = inside * edge(r, 0.86, 0.35) * Math.clamp(0.24 + 1.05 * flakes, 0, 0.8);
      return new Effect(0.06 * inside, inside, scale, 0.6 * inside + 0.5 * scale);
    }
  },
  /** A ring with an active, scaly, raised border and a healing centre. */
  TINEA {
    @Override
    Effect at(double x, double y, Noise noise) {
      double r = Math.hypot(x, y * 1.1) / 13 + 0.13 * noise.fractal(x / 6, y / 6, 3);
      double ring = Math.exp(-Math.pow((r - 0.88) / 0.13, 2));
      double inside = edge(r, 1, 0.15);
      double flakes = noise.fractal(x / 1.6, y / 1.6, 5);
      double scale = ring * Math.clamp(0.10 + 0.9 * flakes, 0, 0.55);
      return new Effect(0.10 * inside, 0.25 * inside + 0.75 * ring, scale, 0.7 * ring);
    }
  };

  /**
   * What the lesion does to the skin.
   *
   * @param pigment 0 to 1, brown
   * @param redness 0 to 1, blood
   * @param scale 0 to 1, white flakes
   * @param height raised above the skin, in millimetres
   */
  record Effect(double pigment, double redness, double scale, double height) {}

  abstract Effect at(double x, double y, Noise noise);

  /** 1 inside the limit, 0 outside, soft over a width. */
  static double edge(double r, double limit, double width) {
    double t = Math.clamp((limit - r) / width + 0.5, 0, 1);
    return t * t * (3 - 2 * t);
  }
}
