package org.heliograph.samples.ct;

import org.heliograph.samples.Noise;

/**
 * A thorax for computed tomography: attenuation in Hounsfield units anywhere in a body that lies on
 * its back. x grows to the patient's left, y to the back, z to the head, in millimetres from the
 * middle of the chest. The same seed gives the same body.
 */
public final class ThoraxCt {
  private static final double AIR = -1000;
  private static final double NOISE_HU = 13;

  private final Noise noise;
  private final double girth;

  public ThoraxCt(long seed) {
    noise = new Noise(seed);
    girth = 0.94 + 0.12 * noise.at(1, 1);
  }

  /**
   * One axial slice.
   *
   * @param z height of the slice
   * @param size columns and rows
   * @param spacing of pixels in both directions
   */
  public CtSlice slice(double z, int size, double spacing) {
    short[] hounsfield = new short[size * size];
    double middle = (size - 1) / 2.0;
    long layer = Math.round(z * 16);
    for (int row = 0; row < size; row++) {
      double y = (row - middle) * spacing;
      for (int column = 0; column < size; column++) {
        double x = (column - middle) * spacing;
        double value = at(x, y, z) + NOISE_HU * noise.normal(column + layer * 4099, row);
        hounsfield[row * size + column] = (short) Math.clamp(Math.round(value), -1024, 3071);
      }
    }
    return new CtSlice(size, size, spacing, z, hounsfield);
  }

  private double at(double x, double y, double z) {
    double bx = x / (girth * (168 + 6 * Math.sin(z / 80)));
    double by = y / (girth * 112);
    double body = Math.pow(Math.pow(Math.abs(bx), 2.6) + Math.pow(Math.abs(by), 2.6), 1 / 2.6);
    if (body >= 1) {
      return table(x, y);
    }
    if (body > 0.985) {
      return 10; // skin
    }
    double cavity = Math.hypot(x / (girth * 138), (y + 4) / (girth * 84));
    double spine = Math.hypot(x / 21, (y - 58) / 17);
    if (spine < 1) {
      return spine > 0.86 ? 620 : 190 + 60 * noise.smooth(x / 2.3, (y + z) / 2.3);
    }
    if (Math.hypot(x / 9, (y - 82) / 9) < 1) {
      return 25; // spinal canal
    }
    if (cavity > 1) {
      return wall(x, y, z, cavity, body);
    }
    return inside(x, y, z, cavity);
  }

  /** Ribs run down and forward, so that a slice cuts each of them somewhere else. */
  private double wall(double x, double y, double z, double cavity, double body) {
    double angle = Math.atan2(y, Math.abs(x));
    double rib = Math.sin((z - 34 * angle) / 4.3);
    if (cavity < 1.1 && rib > 0.15) {
      return cavity < 1.02 || cavity > 1.08 || rib < 0.3 ? 700 : 230;
    }
    if (body > 0.9 + 0.03 * noise.smooth(x / 40, y / 40)) {
      return -98 + 8 * noise.smooth(x / 6, y / 6);
    }
    return 52 + 10 * noise.smooth(x / 5, (y + z) / 5);
  }

  private double inside(double x, double y, double z, double cavity) {
    double heart = Math.hypot((x - 24) / 52, (y + 22) / 44) + Math.max(0, (z - 10) / 60);
    if (heart < 1) {
      return heart < 0.8 ? 150 + 8 * noise.smooth(x / 8, y / 8) : 48;
    }
    if (Math.hypot(x - 26, y - 40) < 12) {
      return 175; // descending aorta
    }
    if (z > -20 && Math.hypot(x, y - 22) < 9) {
      return AIR; // windpipe
    }
    double mediastinum = Math.abs(x) / (22 + 6 * Math.sin(y / 30));
    if (mediastinum < 1) {
      return 38 + 12 * noise.smooth(x / 4, (y + z) / 4);
    }
    if (cavity > 0.985) {
      return 20; // pleura
    }
    // Vessels are round spots that move with z, finer towards the pleura.
    double scale = 7 - 3.5 * cavity;
    double vessel = noise.smooth((x + z / 3) / scale, (y - z / 4) / scale);
    double lung = -865 + 22 * noise.smooth(x / 7, (y + z) / 7) + 45 * y / 84;
    return vessel > 0.66 ? lung + (30 - lung) * Math.min(1, (vessel - 0.66) * 9) : lung;
  }

  private static double table(double x, double y) {
    double top = 128 - x * x / 900;
    boolean cover = y > top && y < top + 2.2;
    boolean foam = y > top && y < top + 26 && Math.abs(x) < 190;
    return cover ? -150 : foam ? -930 : AIR;
  }
}
