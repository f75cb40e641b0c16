package org.heliograph.dicom.pixel.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * Makes a rendered picture smaller by averaging areas, so that thin structures keep their weight
 * instead of being skipped. Works on the samples as they are; enlarges nothing.
 */
public final class Downscale {

  private Downscale() {}

  /** The picture itself if it fits already, else the largest one of the same shape that fits. */
  public static BufferedImage toFit(BufferedImage image, int maxWidth, int maxHeight) {
    if (image.getWidth() <= maxWidth && image.getHeight() <= maxHeight) {
      return image;
    }
    int bands = image.getType() == BufferedImage.TYPE_BYTE_GRAY ? 1 : 3;
    if (bands == 3 && image.getType() != BufferedImage.TYPE_3BYTE_BGR) {
      throw new IllegalArgumentException("picture of type " + image.getType());
    }
    byte[] in = samplesOf(image);
    return toFit(
        new PictureRows() {
          @Override
          public int columns() {
            return image.getWidth();
          }

          @Override
          public int rows() {
            return image.getHeight();
          }

          @Override
          public int bands() {
            return bands;
          }

          @Override
          public void row(int y, byte[] samples) {
            System.arraycopy(in, y * samples.length, samples, 0, samples.length);
          }
        },
        maxWidth,
        maxHeight,
        1);
  }

  /**
   * @param aspect height of a pixel divided by its width; the picture gets square ones
   */
  static BufferedImage toFit(PictureRows rows, int maxWidth, int maxHeight, double aspect) {
    // Pixels become square by losing some in the direction that has too many.
    double squareWidth = aspect > 1 ? rows.columns() / aspect : rows.columns();
    double squareHeight = aspect < 1 ? rows.rows() * aspect : rows.rows();
    double scale = Math.min(1, Math.min(maxWidth / squareWidth, maxHeight / squareHeight));
    int width = Math.clamp(Math.round(squareWidth * scale), 1, maxWidth);
    int height = Math.clamp(Math.round(squareHeight * scale), 1, maxHeight);
    return toSize(rows, width, height);
  }

  private static BufferedImage toSize(PictureRows rows, int width, int height) {
    int bands = rows.bands();
    BufferedImage small =
        new BufferedImage(
            width,
            height,
            bands == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    byte[] out = samplesOf(small);
    byte[] in = new byte[rows.columns() * bands];
    boolean whole = width == rows.columns() && height == rows.rows();
    Weights across = new Weights(rows.columns(), width);
    Weights down = new Weights(rows.rows(), height);
    float[] sums = new float[width * bands];
    int made = -1;
    for (int y = 0; y < height; y++) {
      if (whole) {
        rows.row(y, in);
        System.arraycopy(in, 0, out, y * in.length, in.length);
        continue;
      }
      Arrays.fill(sums, 0);
      for (int row = down.first(y); row <= down.last(y); row++) {
        if (row != made) {
          rows.row(row, in);
          made = row;
        }
        addRow(in, across, down.weight(y, row), sums, bands);
      }
      for (int i = 0; i < sums.length; i++) {
        out[y * sums.length + i] = (byte) Math.clamp(Math.round(sums[i]), 0, 255);
      }
    }
    return small;
  }

  private static void addRow(byte[] in, Weights across, float rowWeight, float[] sums, int bands) {
    for (int x = 0; x < sums.length / bands; x++) {
      for (int column = across.first(x); column <= across.last(x); column++) {
        float weight = rowWeight * across.weight(x, column);
        for (int band = 0; band < bands; band++) {
          sums[x * bands + band] += weight * (in[column * bands + band] & 0xFF);
        }
      }
    }
  }

  private static byte[] samplesOf(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  /** Which source cells lie under a target cell, and how much of it each one covers. */
  private record Weights(int from, int to) {
    int first(int target) {
      return (int) ((long) target * from / to);
    }

    int last(int target) {
      return (int) Math.min(from - 1, (((long) target + 1) * from - 1) / to);
    }

    float weight(int target, int source) {
      double start = Math.max((double) target * from / to, source);
      double end = Math.min((target + 1.0) * from / to, source + 1.0);
      return (float) (Math.max(0, end - start) * to / from);
    }
  }
}
