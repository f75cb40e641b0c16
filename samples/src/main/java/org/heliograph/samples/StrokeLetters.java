package org.heliograph.samples;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Map;

/**
 * A few letters and digits drawn as strokes: a machine without a single font installed must still
 * be able to make a ruler and a lead marker.
 */
public final class StrokeLetters {
  // Each glyph: strokes separated by spaces, points as two digits x,y on a grid 0-4 by 0-6.
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry('0', "103041453616050110"),
          Map.entry('1', "112026 1636"),
          Map.entry('2', "01103041420646"),
          Map.entry('3', "01103041423323 334445361605"),
          Map.entry('4', "36300444"),
          Map.entry('5', "400003334445361605"),
          Map.entry('6', "4130100105163645443303"),
          Map.entry('7', "00404116"),
          Map.entry('8', "103041423313020110 1304051636454433"),
          Map.entry('9', "0516364541301001021343"),
          Map.entry('R', "06003041423303 2346"),
          Map.entry('L', "000646"),
          Map.entry('c', "4332120305163645"),
          Map.entry('m', "0602 03122226 23324246"));

  private StrokeLetters() {}

  /** Draws text with its upper left corner at a place; a letter is 0.8 of its height apart. */
  public static void draw(Graphics2D g, String text, double x, double y, double height) {
    double unit = height / 6;
    g.setStroke(
        new BasicStroke((float) (unit * 0.9), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double left = x;
    for (int i = 0; i < text.length(); i++) {
      String glyph = GLYPHS.get(text.charAt(i));
      if (glyph != null) {
        g.draw(path(glyph, left, y, unit));
      }
      left += unit * 5.4;
    }
  }

  private static Path2D path(String glyph, double left, double top, double unit) {
    Path2D path = new Path2D.Double();
    for (String stroke : glyph.split(" ")) {
      for (int i = 0; i + 1 < stroke.length(); i += 2) {
        double px = left + (stroke.charAt(i) - '0') * unit;
        double py = top + (stroke.charAt(i + 1) - '0') * unit;
        if (i == 0) {
          path.moveTo(px, py);
        } else {
          path.lineTo(px, py);
        }
      }
    }
    return path;
  }
}
