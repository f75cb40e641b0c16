package org.heliograph.samples.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** The first clinic's mark: a sun that rises over hills. */
final class DemoLogo {
  private static final int SIDE = 256;
  private static final int RAYS = 7;

  private DemoLogo() {}

  static byte[] png() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.clip(new Ellipse2D.Double(4, 4, SIDE - 8, SIDE - 8));
    g.setColor(new Color(0x0e5a67));
    g.fillRect(0, 0, SIDE, SIDE);
    sun(g);
    hill(g, new Color(0x2f8f7b), 168, 60, 196);
    hill(g, new Color(0x8cc9a1), 206, 150, 190);
    g.dispose();
    try (var out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sun(Graphics2D g) {
    double x = SIDE / 2.0;
    double y = 160;
    g.setColor(new Color(0xf6c453));
    g.fill(new Arc2D.Double(x - 46, y - 46, 92, 92, 0, 360, Arc2D.CHORD));
    g.setStroke(new BasicStroke(10, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int i = 0; i < RAYS; i++) {
      double angle = Math.PI * (i + 0.5) / RAYS;
      double dx = Math.cos(angle);
      double dy = -Math.sin(angle);
      Path2D ray = new Path2D.Double();
      ray.moveTo(x + 62 * dx, y + 62 * dy);
      ray.lineTo(x + 88 * dx, y + 88 * dy);
      g.draw(ray);
    }
  }

  private static void hill(Graphics2D g, Color colour, double left, double peak, double right) {
    Path2D hill = new Path2D.Double();
    hill.moveTo(0, SIDE);
    hill.lineTo(0, left);
    hill.curveTo(peak, left - 34, SIDE - peak, right + 34, SIDE, right);
    hill.lineTo(SIDE, SIDE);
    hill.closePath();
    g.setColor(colour);
    g.fill(hill);
  }
}
