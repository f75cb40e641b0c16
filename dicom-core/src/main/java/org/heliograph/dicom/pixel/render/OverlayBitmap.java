package org.heliograph.dicom.pixel.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/** The bits of one overlay plane for one frame, with their place in the image (PS3.3 C.9.2). */
public final class OverlayBitmap {

  private final int group;
  private final OverlayPlane.Type type;
  private final int rows;
  private final int columns;
  private final int top;
  private final int left;
  private final byte[] packed;

  OverlayBitmap(
      int group,
      OverlayPlane.Type type,
      int rows,
      int columns,
      int originRow,
      int originColumn,
      byte[] packed) {
    this.group = group;
    this.type = type;
    this.rows = rows;
    this.columns = columns;
    this.top = originRow - 1;
    this.left = originColumn - 1;
    this.packed = packed;
  }

  public int group() {
    return group;
  }

  public OverlayPlane.Type type() {
    return type;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The image's row, counted from 0, that the first row of bits lies on; may be outside. */
  public int top() {
    return top;
  }

  /** The image's column, counted from 0, that the first column of bits lies on. */
  public int left() {
    return left;
  }

  /** Whether the bit is set; bits outside of the plane are not. */
  public boolean isSet(int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      return false;
    }
    int bit = row * columns + column;
    return (packed[bit >> 3] >> (bit & 7) & 1) == 1;
  }

  /** How many bits are set. */
  public int count() {
    int count = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        count += isSet(row, column) ? 1 : 0;
      }
    }
    return count;
  }

  /** The plane alone: white where bits are set, of type {@code TYPE_BYTE_GRAY}. */
  public BufferedImage toImage() {
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    byte[] out = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) -(packed[i >> 3] >> (i & 7) & 1);
    }
    return image;
  }

  /** Paints its part of an image's row white: graphics as they are, regions as their outline. */
  void paint(int imageRow, byte[] samples, int bands) {
    int row = imageRow - top;
    if (row < 0 || row >= rows) {
      return;
    }
    int imageColumns = samples.length / bands;
    int from = Math.max(0, -left);
    int to = (int) Math.min(columns, (long) imageColumns - left);
    for (int column = from; column < to; column++) {
      if (isSet(row, column) && (type == OverlayPlane.Type.GRAPHICS || isEdge(row, column))) {
        int at = (column + left) * bands;
        Arrays.fill(samples, at, at + bands, (byte) 0xFF);
      }
    }
  }

  private boolean isEdge(int row, int column) {
    return !isSet(row - 1, column)
        || !isSet(row + 1, column)
        || !isSet(row, column - 1)
        || !isSet(row, column + 1);
  }
}
