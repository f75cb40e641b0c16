package org.heliograph.samples.xray;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.heliograph.samples.StrokeLetters;

/** The radiographer's lead letter, R or L, as coverage of the detector. */
final class LeadMarker {
  private static final double MILLIMETRES_PER_CELL = 0.15;

  private final BufferedImage picture;
  private final double left;
  private final double top;

  /**
   * A letter whose upper left corner lies at a place, in millimetres from the upper left corner.
   */
  LeadMarker(String side, double left, double top, double heightMillimetres) {
    this.left = left;
    this.top = top;
    int h = (int) (heightMillimetres / MILLIMETRES_PER_CELL);
    this.picture = new BufferedImage(h * 5 / 4, h * 5 / 4, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    StrokeLetters.draw(g, side, h * 0.15, h * 0.12, h);
    g.dispose();
  }

  double coverage(double x, double y) {
    int column = (int) ((x - left) / MILLIMETRES_PER_CELL);
    int row = (int) ((y - top) / MILLIMETRES_PER_CELL);
    if (column < 0 || row < 0 || column >= picture.getWidth() || row >= picture.getHeight()) {
      return 0;
    }
    return picture.getRaster().getSample(column, row, 0) / 255.0;
  }
}
