package org.heliograph.samples.xray;

import java.util.Random;

/** Spine, ribs, clavicles, scapulae and upper arms of the chest phantom. */
final class ChestBones {
  private ChestBones() {}

  /** Vertebral bodies with end plates, pedicles and spinous processes. */
  static double spine(double x, double y) {
    double level = y / 24.5;
    double within = level - Math.floor(level);
    double half = 13.5 + 0.016 * y;
    double u = Math.abs(x) / (half * (1 + 0.09 * Math.pow(Math.abs(within - 0.46) * 2, 3)));
    double disc = within > 0.86 ? 0.55 : 1;
    double plate = within < 0.05 || (within > 0.8 && within < 0.86) ? 1.22 : 1;
    double wall = u > 0.88 && u < 1 ? 1.15 : 1;
    double block = u < 1 ? 6.5 * Math.sqrt(1 - u * u * 0.8) * disc * plate * wall : 0;
    double pedicle =
        ring(Math.hypot((Math.abs(x) - half * 0.62) / 3.4, (within - 0.32) * 24 / 4.6));
    double process = Math.hypot(x / 2.6, (within - 0.72) * 24 / 6.5) < 1 ? 1.8 : 0;
    double transverse =
        Math.abs(x) > half && Math.abs(x) < half + 17 && Math.abs(within - 0.3) < 0.14
            ? 1.5 * (1 - (Math.abs(x) - half) / 20)
            : 0;
    return block + 1.7 * pedicle + process + transverse;
  }

  private static double ring(double r) {
    return Math.exp(-Math.pow((r - 0.85) / 0.25, 2));
  }

  static void thorax(Attenuation body, Random random) {
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < 11; i++) {
        rib(body, side, i, 0.8 * random.nextGaussian());
      }
      clavicle(body, side);
      shoulder(body, side);
    }
  }

  private static void rib(Attenuation body, int side, int i, double jitter) {
    double y0 = 62 + i * 26 + jitter;
    double up = Math.clamp((302 - (y0 + 30)) / 250, 0, 1);
    double lateral = 6 + 130 * Math.pow(Math.max(0.05, 1 - up * up), 0.4);
    double drop = 34 + 2.5 * i;
    double r = i == 0 ? 4.6 : 5.3;
    body.addBone(
        Tube.through(
            side * 17,
            y0,
            r,
            side * (17 + (lateral - 17) * 0.35),
            y0 - 5,
            r * 0.95,
            side * (17 + (lateral - 17) * 0.72),
            y0 + drop * 0.28,
            r * 0.92,
            side * lateral * 0.97,
            y0 + drop * 0.75,
            r * 0.9,
            side * lateral,
            y0 + drop * 1.05,
            r * 0.86),
        Bone.RIB);
    if (i < 8) {
      double reach = lateral * (0.36 + 0.02 * i);
      body.addBone(
          Tube.through(
              side * lateral,
              y0 + drop * 1.05,
              r * 0.86,
              side * lateral * 0.93,
              y0 + drop * 1.5,
              r * 0.95,
              side * (lateral * 0.72 + 4),
              y0 + drop * 2.1,
              r * 1.05,
              side * reach,
              y0 + drop * 2.45,
              r * 1.15),
          new Bone(0.8, 0.2, 0.72));
    }
  }

  private static void clavicle(Attenuation body, int side) {
    body.addBone(
        Tube.through(
            side * 15,
            88,
            9,
            side * 34,
            80,
            6.6,
            side * 70,
            70,
            5.6,
            side * 108,
            55,
            5.6,
            side * 138,
            47,
            7,
            side * 152,
            48,
            6.4),
        new Bone(1.7, 0.2, 0.85));
  }

  private static void shoulder(Attenuation body, int side) {
    body.addBone(
        Tube.through(
            side * 128, 70, 3, side * 137, 120, 3.4, side * 131, 172, 3.2, side * 126, 204, 2),
        new Bone(1.2, 0.35, 0.8));
    body.addBone(
        Tube.through(side * 118, 62, 3.5, side * 142, 58, 4.5, side * 160, 60, 8), Bone.RIB);
    body.addBone(
        Tube.through(
            side * 168, 84, 21, side * 176, 100, 19, side * 181, 128, 12, side * 186, 190, 11),
        new Bone(2.4, 0.24, 0.9));
    body.add(
        body.bone,
        (x, y) -> {
          double u = side * x;
          boolean blade = y > 72 && y < 200 && u > 128 && u < 128 + 40 * (1 - (y - 72) / 140);
          return blade ? 1.6 : 0;
        });
  }
}
