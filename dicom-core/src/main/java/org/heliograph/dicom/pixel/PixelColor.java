package org.heliograph.dicom.pixel;

import static org.heliograph.dicom.pixel.PhotometricInterpretation.RGB;

/** Colour samples to RGB with the samples of a pixel together (PS3.3 C.7.6.3.1.2). */
final class PixelColor {

  private PixelColor() {}

  /** Takes whole-resolution samples of an RGB or YBR_FULL image in either planar configuration. */
  static DecodedFrame rgb(byte[] cells, ImageDescription image) throws PixelDataException {
    boolean ybr = image.photometricInterpretation().isYbr();
    byte[] together = cells;
    if (image.planarConfiguration() == 1) {
      together = interleaved(cells, image);
    } else if (ybr) {
      together = cells.clone();
    }
    if (ybr) {
      requireEightBits(image);
      ybrToRgb(together);
    }
    return new DecodedFrame(image.with(RGB, 0), together);
  }

  /** Y1 Y2 Cb Cr for each pair of pixels; an odd last column shares its pair across the row end. */
  static DecodedFrame rgbOf422(byte[] cells, ImageDescription image) throws PixelDataException {
    requireEightBits(image);
    int pixels = Math.toIntExact(image.pixels());
    byte[] full = new byte[pixels * 3];
    for (int pixel = 0; pixel + 1 < pixels; pixel += 2) {
      int from = pixel * 2;
      int to = pixel * 3;
      full[to] = cells[from];
      full[to + 3] = cells[from + 1];
      full[to + 1] = cells[from + 2];
      full[to + 4] = cells[from + 2];
      full[to + 2] = cells[from + 3];
      full[to + 5] = cells[from + 3];
    }
    ybrToRgb(full);
    return new DecodedFrame(image.with(RGB, 0), full);
  }

  private static void requireEightBits(ImageDescription image)
      throws UnsupportedPixelDataException {
    if (image.bitsAllocated() != 8) {
      throw new UnsupportedPixelDataException(
          image.photometricInterpretation().term() + " of " + image.bitsAllocated() + " bits");
    }
  }

  private static byte[] interleaved(byte[] planes, ImageDescription image) {
    int width = image.bytesPerSample();
    int pixels = Math.toIntExact(image.pixels());
    byte[] together = new byte[pixels * 3 * width];
    for (int plane = 0; plane < 3; plane++) {
      int from = plane * pixels * width;
      for (int pixel = 0; pixel < pixels; pixel++) {
        int to = (pixel * 3 + plane) * width;
        for (int b = 0; b < width; b++) {
          together[to + b] = planes[from++];
        }
      }
    }
    return together;
  }

  /** The inverse of the CCIR 601 equations of PS3.3 C.7.6.3.1.2, full range, in place. */
  static void ybrToRgb(byte[] cells) {
    for (int i = 0; i + 2 < cells.length; i += 3) {
      int y = (cells[i] & 0xFF) << 16;
      int cb = (cells[i + 1] & 0xFF) - 128;
      int cr = (cells[i + 2] & 0xFF) - 128;
      cells[i] = clamp(y + 91881 * cr);
      cells[i + 1] = clamp(y - 22554 * cb - 46802 * cr);
      cells[i + 2] = clamp(y + 116130 * cb);
    }
  }

  private static byte clamp(int fixed) {
    int rounded = (fixed + 0x8000) >> 16;
    return (byte) Math.clamp(rounded, 0, 255);
  }
}
