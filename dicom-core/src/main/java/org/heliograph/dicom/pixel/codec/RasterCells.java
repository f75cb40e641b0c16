package org.heliograph.dicom.pixel.codec;

import java.awt.image.Raster;

/** Copies a raster into little-endian cells with the samples of a pixel together. */
public final class RasterCells {

  private RasterCells() {}

  public static byte[] of(Raster raster, SampleLayout layout) {
    int width = layout.bytesPerSample();
    int columns = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] cells = new byte[layout.byteCount()];
    int[] row = new int[columns * bands];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, columns, 1, row);
      for (int sample : row) {
        for (int b = 0; b < width; b++) {
          cells[to++] = (byte) (sample >> (8 * b));
        }
      }
    }
    return cells;
  }
}
