package org.heliograph.samples.xray;

/**
 * A finished radiograph: MONOCHROME2 pixels, bone bright, unsigned in {@code bitsStored} of 16
 * bits.
 *
 * @param pixels row by row, from the top left
 * @param pixelSpacingMillimetres detector pitch, the same in both directions
 */
public record Radiograph(
    int columns,
    int rows,
    int bitsStored,
    double pixelSpacingMillimetres,
    int windowCenter,
    int windowWidth,
    PixelRow pixels) {

  /** Pixels by row, so that a picture can be written without a second copy. */
  @FunctionalInterface
  public interface PixelRow {
    /** The unsigned 16-bit value at a place. */
    int at(int column, int row);
  }
}
