package org.heliograph.dicom.pixel.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * The part of an image that is shown, then turned, then flipped (PS3.3 C.10.4, C.10.6).
 *
 * @param left column of the first pixel shown, counted from 0
 * @param top row of the first pixel shown, counted from 0
 * @param quarterTurns clockwise, 0 to 3
 */
record DisplayedArea(int left, int top, int columns, int rows, int quarterTurns, boolean flipped) {

  static DisplayedArea whole(int columns, int rows) {
    return new DisplayedArea(0, 0, columns, rows, 0, false);
  }

  /** The part that lies within an image; the whole image if none does. */
  DisplayedArea within(int imageColumns, int imageRows) {
    int x = Math.clamp(left, 0, imageColumns);
    int y = Math.clamp(top, 0, imageRows);
    int width = Math.clamp((long) left + columns, 0, imageColumns) - x;
    int height = Math.clamp((long) top + rows, 0, imageRows) - y;
    return width < 1 || height < 1
        ? new DisplayedArea(0, 0, imageColumns, imageRows, quarterTurns, flipped)
        : new DisplayedArea(x, y, width, height, quarterTurns, flipped);
  }

  boolean isSideways() {
    return quarterTurns % 2 == 1;
  }

  /** Turns and flips a picture that shows just this area. */
  BufferedImage turned(BufferedImage image) {
    if (quarterTurns == 0 && !flipped) {
      return image;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage turned =
        isSideways()
            ? new BufferedImage(height, width, image.getType())
            : new BufferedImage(width, height, image.getType());
    byte[] in = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] out = ((DataBufferByte) turned.getRaster().getDataBuffer()).getData();
    int bands = image.getRaster().getNumBands();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int toX =
            switch (quarterTurns) {
              case 0 -> x;
              case 1 -> height - 1 - y;
              case 2 -> width - 1 - x;
              default -> y;
            };
        int toY =
            switch (quarterTurns) {
              case 0 -> y;
              case 1 -> x;
              case 2 -> height - 1 - y;
              default -> width - 1 - x;
            };
        int column = flipped ? turned.getWidth() - 1 - toX : toX;
        int from = (y * width + x) * bands;
        int to = (toY * turned.getWidth() + column) * bands;
        for (int band = 0; band < bands; band++) {
          out[to + band] = in[from + band];
        }
      }
    }
    return turned;
  }
}
