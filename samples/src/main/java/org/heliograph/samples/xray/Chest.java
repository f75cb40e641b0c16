package org.heliograph.samples.xray;

import java.util.Random;
import org.heliograph.samples.Noise;

/**
 * A chest, PA, at 2048 × 2500 pixels and 0.171 mm. Modelled from the outside in: torso, lungs with
 * their vessels, heart and great vessels, diaphragm and stomach bubble, spine, ribs, clavicles,
 * scapulae and upper arms.
 */
public final class Chest {
  private static final int COLUMNS = 2048;
  private static final int ROWS = 2500;
  private static final double PITCH = 0.171;
  private static final double CELL = 0.342;

  private final long seed;
  private final Finding finding;

  /** What the picture shows besides normal anatomy. */
  public enum Finding {
    NONE,
    RIGHT_LOWER_LOBE_CONSOLIDATION,
    LEFT_PLEURAL_EFFUSION
  }

  public Chest(long seed, Finding finding) {
    this.seed = seed;
    this.finding = finding;
  }

  public Radiograph radiograph() {
    Random random = new Random(seed);
    double girth = 0.96 + 0.08 * random.nextDouble();
    Attenuation body = new Attenuation(COLUMNS * PITCH, ROWS * PITCH, CELL);
    ChestOrgans organs = new ChestOrgans(girth, seed);
    body.add(body.tissue, organs::torso);
    body.add(body.tissue, (x, y) -> -0.86 * organs.air(x, y));
    // Fluid takes the place of air and never more than that.
    body.add(
        body.tissue,
        (x, y) -> Math.min(disease(organs, x, y), 0.86 * Math.max(0, organs.air(x, y))));
    vessels(body, random);
    body.add(body.bone, ChestBones::spine);
    ChestBones.thorax(body, random);
    Noise texture = new Noise(seed + 5);
    body.add(
        body.tissue, (x, y) -> 2.2 * texture.fractal(x / 9, y / 9, 4) * organs.lungShare(x, y));
    return Exposure.CHEST.expose(
        body, COLUMNS, ROWS, PITCH, new LeadMarker("R", 40, 44, 15), seed + 1);
  }

  private double disease(ChestOrgans organs, double x, double y) {
    return switch (finding) {
      case NONE -> 0;
      case RIGHT_LOWER_LOBE_CONSOLIDATION -> {
        Noise cloud = new Noise(seed + 9);
        double r = Math.hypot((x + 74) / 46, (y - 262) / 44);
        double patch = Math.clamp(1.25 - r + 0.5 * cloud.fractal(x / 16, y / 16, 4), 0, 1);
        yield 62 * patch * patch * organs.lungShare(x, y);
      }
      case LEFT_PLEURAL_EFFUSION -> {
        double level = 286 - 46 * Math.pow(Math.clamp((x - 30) / 95, 0, 1), 2.2);
        yield x < 20 ? 0 : 120 * Math.clamp((y - level) / 22, 0, 1) * organs.lungShare(x, y);
      }
    };
  }

  private static void vessels(Attenuation body, Random random) {
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < 15; i++) {
        double angle = -1.25 + 2.75 * i / 14 + 0.15 * random.nextGaussian();
        branch(body, random, side, 27, 186 + (i - 5) * 3.2, angle, 3.1 + 1.6 * random.nextDouble());
      }
    }
  }

  private static void branch(
      Attenuation body, Random random, int side, double x, double y, double angle, double radius) {
    if (radius < 0.55 || x < 18 || x > 132 || y < 60 || y > 352) {
      return;
    }
    double length = 10 + 16 * random.nextDouble() * Math.min(1, radius / 2);
    double bend = angle + 0.25 * random.nextGaussian();
    double mx = x + length * 0.5 * Math.cos(angle);
    double my = y + length * 0.5 * Math.sin(angle);
    double ex = mx + length * 0.5 * Math.cos(bend);
    double ey = my + length * 0.5 * Math.sin(bend);
    body.addTissue(
        Tube.through(
            side * x, y, radius, side * mx, my, radius * 0.92, side * ex, ey, radius * 0.84),
        1.1);
    branch(body, random, side, ex, ey, bend - 0.12 - 0.3 * random.nextDouble(), radius * 0.8);
    branch(
        body,
        random,
        side,
        ex,
        ey,
        bend + 0.2 + 0.45 * random.nextDouble(),
        radius * (0.5 + 0.22 * random.nextDouble()));
  }
}
