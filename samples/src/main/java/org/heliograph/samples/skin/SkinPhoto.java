package org.heliograph.samples.skin;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.stream.IntStream;
import org.heliograph.samples.Noise;
import org.heliograph.samples.StrokeLetters;

/**
 * A photograph of a lesion on a forearm as a phone would take it: an overview with the limb against
 * a cloth, or a close-up with a paper ruler. The same seed gives the same lesion in every view.
 */
public final class SkinPhoto {
  private static final int WIDTH = 2000;
  private static final int HEIGHT = 1500;
  private static final double HALF_LIMB_MILLIMETRES = 47;

  /** How near the camera is; the value is millimetres in one pixel. */
  public enum View {
    OVERVIEW(0.115),
    LANDMARK(0.06),
    CLOSE_UP(0.024);

    private final double millimetresPerPixel;

    View(double millimetresPerPixel) {
      this.millimetresPerPixel = millimetresPerPixel;
    }
  }

  private final SkinTone tone;
  private final Lesion lesion;
  private final View view;
  private final long seed;
  private final Noise noise;

  public SkinPhoto(SkinTone tone, Lesion lesion, View view, long seed) {
    this.tone = tone;
    this.lesion = lesion;
    this.view = view;
    this.seed = seed;
    this.noise = new Noise(seed);
  }

  /** The picture in sRGB, 2000 × 1500. */
  public BufferedImage image() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    double scale = view.millimetresPerPixel;
    Noise grain = new Noise(seed + 77 + Math.round(1000 * view.millimetresPerPixel));
    IntStream.range(0, HEIGHT)
        .parallel()
        .forEach(row -> {
          double[] rgb = new double[3];
          int[] line = new int[WIDTH];
          for (int column = 0; column < WIDTH; column++) {
            double x = (column - WIDTH * 0.5) * scale;
            double y = (row - HEIGHT * 0.48) * scale;
            shade(x, y, rgb);
            double light = lamp(column, row);
            int packed = 0;
            for (int k = 0; k < 3; k++) {
              double g = 0.006 * grain.normal(column * 3L + k, row);
              packed = packed << 8 | srgb(rgb[k] * light + g * (0.3 + rgb[k]));
            }
            line[column] = packed;
          }
          image.setRGB(0, row, WIDTH, 1, line, 0, WIDTH);
        });
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    hairs(g);
    if (view != View.OVERVIEW) {
      ruler(g);
    }
    g.dispose();
    return image;
  }

  private void shade(double x, double y, double[] rgb) {
    double across = y + 3 * Math.sin(x / 55) + 0.035 * x;
    double limb = across / HALF_LIMB_MILLIMETRES;
    if (Math.abs(limb) >= 1) {
      cloth(x, y, Math.abs(limb) - 1, rgb);
      return;
    }
    Lesion.Effect e = lesion.at(x, y, noise);
    double step = 0.05;
    double slope =
        relief(x, y, e) - relief(x - step, y - step, lesion.at(x - step, y - step, noise));
    double round = Math.sqrt(1 - limb * limb);
    double tilt = 0.50 + 0.50 * Math.pow(round, 0.8) - 0.10 * limb;
    double blotch =
        0.07 * noise.fractal(x / 21, y / 21, 4) + 0.035 * noise.fractal(x / 3, y / 3, 3);
    double freckle = Math.max(0, noise.fractal(x / 1.7 + 300, y / 1.7, 3) - 0.42) * 0.9;
    double melanin = Math.clamp(e.pigment() + freckle * tone.fairness() * (1 - e.scale()), 0, 1);
    double blood = e.redness() * (0.35 + 0.65 * tone.fairness());
    double diffuse = tilt * (1 + blotch) * (1 + 2.6 * slope);
    double shine = 0.045 * Math.pow(Math.max(0, tilt + 3.2 * slope - 0.06), 12);
    double r = tone.red * (1 - 0.80 * melanin) * (1 - 0.16 * blood);
    double g = tone.green * (1 - 0.90 * melanin) * (1 - 0.66 * blood);
    double b = tone.blue * (1 - 0.93 * melanin) * (1 - 0.58 * blood);
    double white = e.scale() * (0.45 + 0.4 * tone.fairness());
    rgb[0] = (r + (0.80 - r) * white) * diffuse + shine;
    rgb[1] = (g + (0.74 - g) * white) * diffuse + shine;
    rgb[2] = (b + (0.70 - b) * white) * diffuse + shine;
  }

  /** Height of the surface: furrows and pores of the skin, and the lesion itself. */
  private double relief(double x, double y, Lesion.Effect e) {
    double furrow = Math.min(0.22, noise.cellBorder(x / 0.75, y / 0.55)) * 0.10;
    double coarse = Math.min(0.3, noise.cellBorder(x / 2.6 + 50, y / 1.9)) * 0.06;
    return (furrow + coarse) * (1 - 0.7 * e.scale()) + 0.42 * e.height();
  }

  private void cloth(double x, double y, double outside, double[] rgb) {
    double weave = 0.5 + 0.5 * Math.sin(x * 5.2) * Math.sin(y * 5.2);
    double fold = 0.24 * noise.fractal(x / 40 + 7, y / 60, 3);
    double shadow = 1 - 0.55 * Math.exp(-outside * 7);
    double v = (0.30 + 0.05 * weave + fold * 0.35) * shadow;
    rgb[0] = v * 0.52;
    rgb[1] = v * 0.80;
    rgb[2] = v * 0.86;
  }

  private static double lamp(int column, int row) {
    double u = (column - WIDTH * 0.42) / WIDTH;
    double v = (row - HEIGHT * 0.36) / HEIGHT;
    return 1.16 - 0.62 * (u * u + v * v);
  }

  private static int srgb(double linear) {
    double c = Math.clamp(linear, 0, 1);
    double s = c <= 0.0031308 ? 12.92 * c : 1.055 * Math.pow(c, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * s);
  }

  private void hairs(Graphics2D g) {
    Random random = new Random(seed + 4);
    int count = view == View.CLOSE_UP ? 16 : view == View.LANDMARK ? 70 : 190;
    double mm = 1 / view.millimetresPerPixel;
    int dark = tone.fairness() > 0.8 ? 90 : 24;
    for (int i = 0; i < count; i++) {
      double x = random.nextDouble() * WIDTH;
      double y = random.nextDouble() * HEIGHT;
      double length = (5 + 9 * random.nextDouble()) * mm;
      double angle = 0.35 + 0.4 * random.nextGaussian();
      double limb = Math.abs((y - HEIGHT * 0.48) / mm) / HALF_LIMB_MILLIMETRES;
      if (limb > 0.8) {
        continue;
      }
      Path2D hair = new Path2D.Double();
      hair.moveTo(x, y);
      hair.quadTo(
          x + length * 0.5 * Math.cos(angle),
          y + length * 0.5 * Math.sin(angle),
          x + length * Math.cos(angle + 0.35),
          y + length * Math.sin(angle + 0.35));
      g.setColor(new Color(dark, dark * 2 / 3, dark / 2, 120));
      g.setStroke(new BasicStroke((float) Math.max(0.8, 0.055 * mm)));
      g.draw(hair);
    }
  }

  private void ruler(Graphics2D g) {
    double mm = 1 / view.millimetresPerPixel;
    double top = HEIGHT - Math.min(11 * mm, HEIGHT * 0.2);
    g.rotate(-0.018, WIDTH / 2.0, top);
    g.setColor(new Color(0, 0, 0, 60));
    g.fill(new Rectangle2D.Double(-100, top - 5, WIDTH + 200, HEIGHT));
    g.setColor(new Color(244, 243, 236));
    g.fill(new Rectangle2D.Double(-100, top, WIDTH + 200, HEIGHT));
    g.setColor(new Color(25, 25, 30));
    double left = 0.04 * WIDTH;
    for (int i = 0; left + i * mm < WIDTH; i++) {
      double x = left + i * mm;
      double length = i % 10 == 0 ? 4.2 : i % 5 == 0 ? 3.2 : 2.1;
      g.fill(new Rectangle2D.Double(x, top, Math.max(1, 0.12 * mm), length * mm));
      if (i % 10 == 0) {
        StrokeLetters.draw(g, Integer.toString(i / 10), x + 0.5 * mm, top + 2.9 * mm, 2.4 * mm);
      }
    }
    StrokeLetters.draw(g, "cm", left + 2.6 * mm, top + 6.1 * mm, 2.2 * mm);
  }
}
