package org.heliograph.dicom.pixel.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** EXIF Orientation (tag 0112): where row 0 and column 0 of the stored picture belong. */
public enum PictureOrientation {
  TOP_LEFT,
  TOP_RIGHT,
  BOTTOM_RIGHT,
  BOTTOM_LEFT,
  LEFT_TOP,
  RIGHT_TOP,
  RIGHT_BOTTOM,
  LEFT_BOTTOM;

  /** The orientation of EXIF value 1 to 8; anything else means upright. */
  static PictureOrientation of(int exif) {
    return exif >= 1 && exif <= 8 ? values()[exif - 1] : TOP_LEFT;
  }

  /** Rows become columns. */
  public boolean turnsSides() {
    return switch (this) {
      case TOP_LEFT, TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT -> false;
      case LEFT_TOP, RIGHT_TOP, RIGHT_BOTTOM, LEFT_BOTTOM -> true;
    };
  }

  /** The picture upright. Works on gray and BGR byte pictures. */
  public BufferedImage upright(BufferedImage image) {
    if (this == TOP_LEFT) {
      return image;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage upright =
        new BufferedImage(
            turnsSides() ? height : width, turnsSides() ? width : height, image.getType());
    int bands = image.getRaster().getNumBands();
    byte[] in = samplesOf(image);
    byte[] out = samplesOf(upright);
    int outWidth = upright.getWidth();
    for (int y = 0; y < upright.getHeight(); y++) {
      for (int x = 0; x < outWidth; x++) {
        int from = (sourceY(x, y, height) * width + sourceX(x, y, width)) * bands;
        int to = (y * outWidth + x) * bands;
        for (int band = 0; band < bands; band++) {
          out[to + band] = in[from + band];
        }
      }
    }
    return upright;
  }

  private int sourceX(int x, int y, int width) {
    return switch (this) {
      case TOP_LEFT, BOTTOM_LEFT -> x;
      case TOP_RIGHT, BOTTOM_RIGHT -> width - 1 - x;
      case LEFT_TOP, RIGHT_TOP -> y;
      case RIGHT_BOTTOM, LEFT_BOTTOM -> width - 1 - y;
    };
  }

  private int sourceY(int x, int y, int height) {
    return switch (this) {
      case TOP_LEFT, TOP_RIGHT -> y;
      case BOTTOM_RIGHT, BOTTOM_LEFT -> height - 1 - y;
      case LEFT_TOP, LEFT_BOTTOM -> x;
      case RIGHT_TOP, RIGHT_BOTTOM -> height - 1 - x;
    };
  }

  private static byte[] samplesOf(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
