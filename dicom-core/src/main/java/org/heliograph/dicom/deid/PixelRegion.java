package org.heliograph.dicom.deid;

/**
 * A rectangle of pixels of each frame, from 0, in columns and rows; what lies outside of the image
 * does not count.
 */
public record PixelRegion(int x, int y, int width, int height) {
  public PixelRegion {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException("a region has a place and a size");
    }
  }
}
