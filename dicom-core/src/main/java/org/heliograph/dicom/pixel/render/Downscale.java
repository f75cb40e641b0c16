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
    double scale =
        Math.min((double) maxWidth / image.getWidth(), (double) maxHeight / image.getHeight());
    if (scale >= 1) {
      return image;
    }
    int width = Math.clamp(Math.round(image.getWidth() * scale), 1, maxWidth);
    int height = Math.clamp(Math.round(image.getHeight() * scale), 1, maxHeight);
    int bands = image.getType() == BufferedImage.TYPE_BYTE_GRAY ? 1 : 3;
    if (bands == 3 && image.getType() != BufferedImage.TYPE_3BYTE_BGR) {
      throw new IllegalArgumentException("picture of type " + image.getType());
    }
    byte[] in = samplesOf(image);
    BufferedImage small = new BufferedImage(width, height, image.getType());
    byte[] out = samplesOf(small);
    Weights across = new Weights(image.getWidth(), width);
    Weights down = new Weights(image.getHeight(), height);
    float[] sums = new float[width * bands];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      for (int row = down.first(y); row <= down.last(y); row++) {
        addRow(in, row * image.getWidth() * bands, across, down.weight(y, row), sums, bands);
      }
      for (int i = 0; i < sums.length; i++) {
        out[y * sums.length + i] = (byte) Math.clamp(Math.round(sums[i]), 0, 255);
      }
    }
    return small;
  }

  private static void addRow(
      byte[] in, int rowAt, Weights across, float rowWeight, float[] sums, int bands) {
    for (int x = 0; x < sums.length / bands; x++) {
      for (int column = across.first(x); column <= across.last(x); column++) {
        float weight = rowWeight * across.weight(x, column);
        for (int band = 0; band < bands; band++) {
          sums[x * bands + band] += weight * (in[rowAt + column * bands + band] & 0xFF);
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
