package org.heliograph.samples.xray;

import org.heliograph.samples.Noise;

/**
 * Soft parts and air of the chest as path lengths in millimetres; x grows to the patient's left.
 */
final class ChestOrgans {
  private final double girth;
  private final Noise noise;

  ChestOrgans(double girth, long seed) {
    this.girth = girth;
    this.noise = new Noise(seed + 3);
  }

  /** Thickness of the body from front to back. */
  double torso(double x, double y) {
    double u = Math.abs(x);
    double wall = 147 * girth + 4 * Math.sin(y / 60);
    double neck = 57 + 2 * Math.sin(y / 9);
    double half = neck + (wall - neck) * smooth((y - 14) / 95);
    double depth = 122 + 100 * smooth((y - 20) / 230);
    double r = u / half;
    double trunk = r >= 1 ? 0 : depth * Math.pow(1 - Math.pow(r, 3.2), 0.55);
    return Math.max(trunk, shoulder(u, y));
  }

  private static double shoulder(double u, double y) {
    double top = 20 + Math.max(0, u - 50) * 0.34 + Math.max(0, u - 130) * 0.25;
    double inner = y < 160 ? 147 - (160 - y) * 1.7 : 147 + (y - 160) * 0.5;
    double upper = round((y - top) / 42);
    return 118 * upper * round((u - inner) / 34);
  }

  /** Air in lungs, windpipe and stomach. */
  double air(double x, double y) {
    double lung = lung(x, y);
    double heart = Math.min(lung * 0.93, heart(x, y));
    double trachea = tube(x - 2 * Math.sin(y / 50), 8.5, y, 0, 168);
    double left = bronchus(x, y, 1);
    double right = bronchus(x, y, -1);
    double bubble = ellipse((x - 66) / 27, (y - 334) / 15) * 58;
    return lung - heart + 0.75 * (trachea + Math.max(left, right)) + bubble;
  }

  /** 0 outside the lung fields to 1 well inside them. */
  double lungShare(double x, double y) {
    return Math.clamp(lung(x, y) / 100, 0, 1);
  }

  private double lung(double x, double y) {
    double u = Math.abs(x);
    boolean left = x > 0;
    double up = Math.clamp((302 - y) / 250, 0, 1);
    double lateral = girth * 128 * Math.pow(Math.max(0, 1 - up * up), 0.4);
    double medial = 13 + 6 * smooth((y - 60) / 60) + (left ? 5 * smooth((y - 150) / 70) : 1);
    medial += knob(x, y);
    double dome = (left ? 311 : 296) + 52 * Math.pow((u - 62) / 66, 2);
    dome += 1.5 * noise.smooth(u / 30, left ? 4 : 8);
    double sides = round((lateral - u) / 44) * round((u - medial) / 30);
    // Behind the dome the lung reaches lower: it fades instead of stopping.
    double below = 0.82 * round((dome - y) / 16) + 0.18 * round((dome + 26 - y) / 40);
    return 150 * sides * below;
  }

  private static double knob(double x, double y) {
    double arch = x > 0 ? 11 * bump((y - 132) / 17) + 7 * bump((y - 166) / 14) : 0;
    double cava = x < 0 ? 6 * bump((y - 140) / 40) : 0;
    return arch + cava;
  }

  private static double heart(double x, double y) {
    double dx = x - 26;
    double dy = y - 258;
    double along = dx * 0.82 + dy * 0.57;
    double across = -dx * 0.57 + dy * 0.82;
    double ventricle = ellipse(along / 71, across / 53) * 128;
    double atrium = ellipse((x + 18) / 27, (y - 252) / 44) * 96;
    double hilum = 58 * bump(Math.hypot((Math.abs(x) - 31) / 15, (y - (x > 0 ? 180 : 190)) / 24));
    return Math.max(Math.max(ventricle, atrium), hilum);
  }

  private static double bronchus(double x, double y, int side) {
    double t = (y - 164) / 34;
    return t < 0 || t > 1 ? 0 : tube(side * x - 22 * t, 6.5, y, 164, 198);
  }

  private static double tube(double offset, double radius, double y, double top, double bottom) {
    if (y < top || y > bottom || Math.abs(offset) >= radius) {
      return 0;
    }
    double ends = Math.clamp(Math.min(y - top + 6, bottom - y) / 12, 0, 1);
    return 2 * Math.sqrt(radius * radius - offset * offset) * ends;
  }

  private static double ellipse(double u, double v) {
    double r = u * u + v * v;
    return r >= 1 ? 0 : Math.sqrt(1 - r);
  }

  private static double bump(double t) {
    return Math.exp(-t * t);
  }

  /**
   * 0 below 0, 1 above 1, between them a quarter circle: how a rounded edge looks in projection.
   */
  private static double round(double t) {
    double c = 1 - Math.clamp(t, 0, 1);
    return Math.sqrt(1 - c * c);
  }

  private static double smooth(double t) {
    double c = Math.clamp(t, 0, 1);
    return c * c * (3 - 2 * c);
  }
}
