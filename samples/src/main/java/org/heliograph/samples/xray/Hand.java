package org.heliograph.samples.xray;

import java.util.Random;
import org.heliograph.samples.Noise;

/** A right hand, PA, at 2000 × 2500 pixels and 0.1 mm: rays, carpus, wrist and soft parts. */
public final class Hand {
  private static final int COLUMNS = 2000;
  private static final int ROWS = 2500;
  private static final double PITCH = 0.1;
  private static final double CELL = 0.2;

  // Base of the metacarpal, then each joint, then the tip; x, y in millimetres.
  private static final double[][] RAYS = {
    {-27, 182, -55, 152, -70, 124, -80, 101},
    {-19, 171, -30, 110, -35, 68, -37, 43, -38, 22},
    {-5, 168, -7, 105, -7, 58, -7, 30, -7, 8},
    {7, 169, 14, 109, 19, 66, 21, 40, 22, 19},
    {17, 173, 33, 119, 42, 86, 45, 66, 47, 48}
  };
  // Short tubes: x0, y0, r0, x1, y1, r1.
  private static final double[][] CARPUS = {
    {-24, 189, 5.6, -19, 194, 5.4, -12, 199, 6.6}, {-1, 199, 7.4, 2, 202, 6.6},
    {11, 195, 6.4, 14, 191, 5.4}, {15, 195, 3.6, 16, 192, 3.4},
    {-29, 187, 5.8, -25, 180, 6}, {-16, 181, 5.6, -14.5, 177, 5.4},
    {-3, 191, 6, -4, 184, 6.2, -4.5, 177, 7.2}, {8, 187, 5.6, 10, 179, 7.2}
  };

  private final long seed;

  public Hand(long seed) {
    this.seed = seed;
  }

  public Radiograph radiograph() {
    Random random = new Random(seed);
    double build = 0.94 + 0.12 * random.nextDouble();
    Attenuation body = new Attenuation(COLUMNS * PITCH, ROWS * PITCH, CELL);
    palm(body);
    for (int i = 0; i < RAYS.length; i++) {
      ray(body, RAYS[i], i == 0, build);
    }
    body.softenTissue(5);
    for (double[] c : CARPUS) {
      body.addBone(Tube.through(c), Bone.CARPAL);
    }
    forearm(body, build);
    body.addBone(Tube.through(-31, 112, 1.6, -29, 112, 1.6), Bone.CARPAL);
    body.addBone(Tube.through(-57, 155, 2, -55, 156, 2), Bone.CARPAL);
    body.grainBone(new Noise(seed + 2), 0.9, 0.2);
    Noise soft = new Noise(seed + 3);
    body.add(body.tissue, (x, y) -> 0.5 * soft.fractal(x / 4, y / 9, 4));
    return Exposure.EXTREMITY.expose(
        body, COLUMNS, ROWS, PITCH, new LeadMarker("R", 158, 20, 13), seed + 1);
  }

  private static void palm(Attenuation body) {
    double[][] parts = {
      {-12, 120, 15, -12, 160, 20, -8, 185, 21, -4, 215, 22, -3, 252, 24},
      {12, 122, 15, 10, 160, 20, 4, 190, 21, 2, 215, 22, 1, 252, 24},
      {-28, 122, 11, -24, 155, 17, -18, 185, 19, -14, 215, 20, -14, 252, 22},
      {27, 130, 11, 21, 160, 16, 14, 188, 18, 12, 215, 19, 12, 252, 22},
      {-44, 158, 12, -30, 178, 17, -20, 195, 17}
    };
    for (double[] part : parts) {
      body.coverWithTissue(Tube.through(part), 0.82);
    }
  }

  private static void ray(Attenuation body, double[] p, boolean thumb, double build) {
    int bones = p.length / 2 - 1;
    for (int i = 0; i < bones; i++) {
      double x0 = p[2 * i];
      double y0 = p[2 * i + 1];
      double x1 = p[2 * i + 2];
      double y1 = p[2 * i + 3];
      boolean last = i == bones - 1;
      int kind = thumb && i > 0 ? i + 1 : i;
      double base = build * new double[] {6.4, 5.9, 5.0, 4.2}[Math.min(3, last ? 3 : kind)];
      double shaft = build * new double[] {3.7, 3.6, 3.0, 2.0}[Math.min(3, last ? 3 : kind)];
      double head = build * new double[] {6.2, 4.6, 3.9, 3.0}[Math.min(3, last ? 3 : kind)];
      body.addBone(phalanx(x0, y0, x1, y1, base, shaft, head), last ? Bone.SMALL : Bone.SHAFT);
      if (i > 0) {
        double flesh = build * (last ? 8.2 : 9.4) + (thumb ? 1.6 : 0);
        double over = last ? 1.02 : 1;
        body.coverWithTissue(
            Tube.through(
                x0,
                y0,
                flesh + 0.6,
                (x0 + x1) / 2,
                (y0 + y1) / 2,
                flesh,
                x0 + (x1 - x0) * over,
                y0 + (y1 - y0) * over,
                flesh * (last ? 0.7 : 1)),
            0.95);
      }
    }
  }

  /** A bone between two joints, wide at both ends, its round ends a cartilage gap apart. */
  static Tube phalanx(
      double x0, double y0, double x1, double y1, double base, double shaft, double head) {
    double length = Math.hypot(x1 - x0, y1 - y0);
    double from = (base * 0.72 + 0.7) / length;
    double to = 1 - (head * 0.72 + 0.7) / length;
    double[] at = {from, from + 0.07, from + 0.2, 0.42, 0.62, to - 0.13, to};
    double[] radii = {
      base * 0.92,
      base * 0.94,
      0.45 * base + 0.5 * shaft,
      shaft * 1.02,
      shaft * 0.98,
      0.4 * head + 0.55 * shaft,
      head * 0.94
    };
    double[] knots = new double[3 * at.length];
    for (int i = 0; i < at.length; i++) {
      knots[3 * i] = x0 + (x1 - x0) * at[i];
      knots[3 * i + 1] = y0 + (y1 - y0) * at[i];
      knots[3 * i + 2] = radii[i];
    }
    return Tube.through(knots);
  }

  private static void forearm(Attenuation body, double build) {
    Tube radius =
        Tube.through(
            -9,
            205,
            15 * build,
            -10,
            216,
            14.4 * build,
            -12,
            226,
            11.6 * build,
            -14,
            240,
            8.8,
            -15,
            262,
            7.8);
    // The joint surface is hollow, with the styloid process at the thumb's side.
    body.addFragment(
        radius,
        new Bone(2.2, 0.12, 0.8),
        (x, y) -> Math.clamp((y - 209 + 0.019 * (x + 4) * (x + 4) - 0.06 * (x + 4)) / 0.8, 0, 1));
    body.addBone(
        Tube.through(19, 207, 2, 17, 213, 6.2 * build, 16, 222, 6.6, 15, 240, 5.8, 14, 262, 5.6),
        Bone.SHAFT);
  }
}
