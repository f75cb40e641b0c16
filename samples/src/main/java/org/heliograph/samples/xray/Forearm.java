package org.heliograph.samples.xray;

import java.util.Random;
import org.heliograph.samples.Noise;

/** A left forearm with wrist and elbow, AP, at 2000 × 2500 pixels and 0.14 mm. */
public final class Forearm {
  private static final int COLUMNS = 2000;
  private static final int ROWS = 2500;
  private static final double PITCH = 0.14;
  private static final double CELL = 0.25;

  private final long seed;
  private final Fracture fracture;

  /** Where the bone is broken. */
  public enum Fracture {
    NONE,
    DISTAL_RADIUS,
    ULNAR_SHAFT
  }

  public Forearm(long seed, Fracture fracture) {
    this.seed = seed;
    this.fracture = fracture;
  }

  public Radiograph radiograph() {
    Random random = new Random(seed);
    double build = 0.95 + 0.1 * random.nextDouble();
    Attenuation body = new Attenuation(COLUMNS * PITCH, ROWS * PITCH, CELL);
    body.coverWithTissue(
        Tube.through(
            2, -20, 46, 2, 40, 48, 0, 95, 47, 0, 160, 40, 0, 225, 31, 0, 270, 26, 0, 300, 27, 0,
            370, 34),
        0.86);
    body.softenTissue(6);
    elbow(body);
    Tube radius =
        Tube.through(
            23, 50, 9.6, 22, 57, 9, 19, 72, 6.6, 20, 100, 7.6, 24, 150, 7.4, 23, 200, 7.2, 18, 240,
            8.2, 14, 266, 11.5, 12, 279, 14.2, 13, 286, 12.5);
    Tube ulna =
        Tube.through(
            -15, 30, 8, -14, 52, 10.5, -13, 74, 9.4, -12, 110, 8, -14, 160, 6.8, -17, 210, 5.6, -18,
            250, 5.2, -18, 272, 6.4, -18, 282, 6.2, -21, 289, 2.2);
    bone(body, radius, fracture == Fracture.DISTAL_RADIUS, 258, 2.6, 2.2);
    bone(body, ulna, fracture == Fracture.ULNAR_SHAFT, 168, 3.4, 1.2);
    wrist(body, build);
    body.grainBone(new Noise(seed + 2), 1.0, 0.16);
    Noise soft = new Noise(seed + 3);
    body.add(body.tissue, (x, y) -> 1.1 * soft.fractal(x / 5, y / 22, 4));
    return Exposure.EXTREMITY.expose(
        body, COLUMNS, ROWS, PITCH, new LeadMarker("L", 36, 70, 15), seed + 1);
  }

  private void bone(
      Attenuation body, Tube tube, boolean broken, double level, double shift, double gap) {
    if (!broken) {
      body.addBone(tube, Bone.SHAFT);
      return;
    }
    Noise edge = new Noise(seed + 11);
    double slope = -0.28;
    Attenuation.Path below = (x, y) -> y - level - slope * x - 2.2 * edge.fractal(x / 3.5, 3, 4);
    body.addFragment(
        tube, Bone.SHAFT, (x, y) -> Math.clamp(0.5 - (below.at(x, y) + gap * 0.25) / 0.7, 0, 1));
    body.addFragment(
        tube.moved(shift, 0.8, level, 0.045),
        Bone.SHAFT,
        (x, y) -> Math.clamp(0.5 + (below.at(x, y) - gap * 0.25) / 0.7, 0, 1));
    // Swelling over the break.
    body.add(
        body.tissue, (x, y) -> 6 * Math.exp(-Math.pow((y - level) / 30, 2) - Math.pow(x / 40, 2)));
  }

  private static void elbow(Attenuation body) {
    body.addBone(
        Tube.through(3, -30, 12, 2, 4, 14, 1, 20, 22, 1, 27, 25), new Bone(2.4, 0.14, 0.42));
    body.addBone(Tube.through(-25, 22, 5, -22, 30, 6), Bone.CARPAL);
  }

  private static void wrist(Attenuation body, double build) {
    double[][] carpus = {
      {20, 303, 6, 15, 308, 5.6, 9, 311, 6.4},
      {1, 304, 7.6, 3, 307, 7},
      {-10, 305, 6.4, -14, 309, 5.6},
      {25, 314, 5.8, 22, 321, 6},
      {12, 322, 5.6, 11, 326, 5.4},
      {1, 316, 6, 1, 322, 6.4, 1, 328, 7.2},
      {-11, 317, 5.6, -12, 325, 7.2}
    };
    for (double[] c : carpus) {
      body.addBone(Tube.through(c), Bone.CARPAL);
    }
    double[][] rays = {
      {24, 327, 56, 358},
      {14, 333, 24, 400},
      {1, 335, 3, 400},
      {-9, 334, -17, 400},
      {-17, 332, -34, 395}
    };
    for (double[] r : rays) {
      body.addBone(
          Hand.phalanx(r[0], r[1], r[2], r[3], 7 * build, 4 * build, 6.6 * build), Bone.SHAFT);
    }
  }
}
