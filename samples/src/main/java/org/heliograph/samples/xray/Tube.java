package org.heliograph.samples.xray;

import java.util.ArrayList;
import java.util.List;

/**
 * A rounded tube along a smooth line with a radius at each knot: a bone, a vessel, a finger. Knots
 * are x, y and radius in millimetres.
 */
final class Tube {
  private static final int STEPS = 10;

  private final double[] xs;
  private final double[] ys;
  private final double[] radii;
  private final double minX;
  private final double maxX;
  private final double minY;
  private final double maxY;

  private Tube(double[] xs, double[] ys, double[] radii) {
    this.xs = xs;
    this.ys = ys;
    this.radii = radii;
    double[] box = {1e9, -1e9, 1e9, -1e9};
    for (int i = 0; i < xs.length; i++) {
      box[0] = Math.min(box[0], xs[i] - radii[i]);
      box[1] = Math.max(box[1], xs[i] + radii[i]);
      box[2] = Math.min(box[2], ys[i] - radii[i]);
      box[3] = Math.max(box[3], ys[i] + radii[i]);
    }
    this.minX = box[0];
    this.maxX = box[1];
    this.minY = box[2];
    this.maxY = box[3];
  }

  /** A tube through knots given as x, y, radius triples, smoothed by a Catmull-Rom curve. */
  static Tube through(double... knots) {
    int n = knots.length / 3;
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < n - 1; i++) {
      for (int s = 0; s < STEPS; s++) {
        points.add(between(knots, n, i, s / (double) STEPS));
      }
    }
    points.add(new double[] {knots[3 * n - 3], knots[3 * n - 2], knots[3 * n - 1]});
    double[] xs = new double[points.size()];
    double[] ys = new double[points.size()];
    double[] rs = new double[points.size()];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = points.get(i)[0];
      ys[i] = points.get(i)[1];
      rs[i] = Math.max(0.05, points.get(i)[2]);
    }
    return new Tube(xs, ys, rs);
  }

  private static double[] between(double[] knots, int n, int i, double t) {
    double[] out = new double[3];
    for (int k = 0; k < 3; k++) {
      double p0 = knots[3 * Math.max(0, i - 1) + k];
      double p1 = knots[3 * i + k];
      double p2 = knots[3 * (i + 1) + k];
      double p3 = knots[3 * Math.min(n - 1, i + 2) + k];
      double a = 2 * p1;
      double b = p2 - p0;
      double c = 2 * p0 - 5 * p1 + 4 * p2 - p3;
      double d = 3 * p1 - p0 - 3 * p2 + p3;
      out[k] = 0.5 * (a + b * t + c * t * t + d * t * t * t);
    }
    return out;
  }

  /** The same tube moved, and turned below a level by an angle: a displaced distal fragment. */
  Tube moved(double dx, double dy, double level, double angle) {
    double[] mx = xs.clone();
    double[] my = ys.clone();
    for (int i = 0; i < mx.length; i++) {
      mx[i] += dx + angle * (ys[i] - level);
      my[i] += dy;
    }
    return new Tube(mx, my, radii);
  }

  double minX() {
    return minX;
  }

  double maxX() {
    return maxX;
  }

  double minY() {
    return minY;
  }

  double maxY() {
    return maxY;
  }

  /** Millimetres of material along the beam at a point; 0 outside. */
  double path(double x, double y, Bone kind) {
    double best = 1;
    double bestDistance = 0;
    double bestRadius = 0;
    double bestAlong = 0;
    for (int i = 0; i + 1 < xs.length; i++) {
      double dx = xs[i + 1] - xs[i];
      double dy = ys[i + 1] - ys[i];
      double px = x - xs[i];
      double py = y - ys[i];
      double length = dx * dx + dy * dy;
      double t = length == 0 ? 0 : Math.clamp((px * dx + py * dy) / length, 0, 1);
      double radius = radii[i] + (radii[i + 1] - radii[i]) * t;
      double distance = Math.hypot(px - t * dx, py - t * dy);
      if (distance / radius < best) {
        best = distance / radius;
        bestDistance = distance;
        bestRadius = radius;
        bestAlong = (i + t) / (xs.length - 1);
      }
    }
    if (best >= 1) {
      return 0;
    }
    double outer = chord(bestRadius, bestDistance);
    // The wall is thick in the middle of the shaft and thin at the joints.
    double middle = kind.isLong() ? 1 - Math.pow(Math.abs(2 * bestAlong - 1), 3) : 0.6;
    double wall = Math.min(bestRadius, kind.cortexMillimetres() * (0.3 + 0.7 * middle));
    double spongy = Math.min(0.75, kind.inside() * (1 + 0.9 * (1 - middle)));
    double inner = chord(bestRadius - wall, bestDistance);
    return kind.depth() * (outer - inner * (1 - spongy));
  }

  private static double chord(double radius, double distance) {
    return distance >= radius ? 0 : 2 * Math.sqrt(radius * radius - distance * distance);
  }
}
