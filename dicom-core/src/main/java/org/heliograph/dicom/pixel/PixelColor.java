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
      toRgb(together, image);
    }
    return new DecodedFrame(image.with(RGB, 0), together);
  }

  /**
   * Y1 Y2 Cb Cr for each pair of pixels, pairs running on over the ends of rows. A last pixel
   * without a partner, which the standard excludes, takes the chrominance of the pair before.
   */
  static DecodedFrame rgbOf422(byte[] cells, ImageDescription image) throws PixelDataException {
    if (image.bitsAllocated() != 8) {
      throw new UnsupportedPixelDataException(
          image.photometricInterpretation().term() + " of " + image.bitsAllocated() + " bits");
    }
    int pixels = Math.toIntExact(image.pixels());
    byte[] full = new byte[Math.multiplyExact(pixels, 3)];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int to = pixel * 3;
      int pair = (pixel & ~1) * 2;
      full[to] = cells[pair + (pixel & 1)];
      if (pair + 3 >= cells.length) {
        full[to + 1] = pixel > 0 ? full[to - 2] : (byte) 0x80;
        full[to + 2] = pixel > 0 ? full[to - 1] : (byte) 0x80;
      } else {
        full[to + 1] = cells[pair + 2];
        full[to + 2] = cells[pair + 3];
      }
    }
    toRgb(full, image);
    return new DecodedFrame(image.with(RGB, 0), full);
  }

  private static void toRgb(byte[] cells, ImageDescription image)
      throws UnsupportedPixelDataException {
    if (image.bitsAllocated() == 8 && image.bitsStored() == 8) {
      if (image.photometricInterpretation() == PhotometricInterpretation.YBR_PARTIAL_422) {
        partialToRgb(cells);
      } else {
        ybrToRgb(cells);
      }
      return;
    }
    boolean partial =
        image.photometricInterpretation() == PhotometricInterpretation.YBR_PARTIAL_422;
    if (partial || image.bitsStored() > 16 || image.highBit() != image.bitsStored() - 1) {
      throw new UnsupportedPixelDataException(
          image.photometricInterpretation().term() + " of " + image.bitsStored() + " bits");
    }
    wideToRgb(new DecodedFrame(image, cells), image);
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

  /** The inverse for YBR_PARTIAL: Y from 16 to 235, chrominance from 16 to 240. */
  private static void partialToRgb(byte[] cells) {
    for (int i = 0; i + 2 < cells.length; i += 3) {
      int y = 76309 * ((cells[i] & 0xFF) - 16);
      int cb = (cells[i + 1] & 0xFF) - 128;
      int cr = (cells[i + 2] & 0xFF) - 128;
      cells[i] = clamp(y + 104597 * cr);
      cells[i + 1] = clamp(y - 25675 * cb - 53279 * cr);
      cells[i + 2] = clamp(y + 132201 * cb);
    }
  }

  /** As {@link #ybrToRgb} for 9 to 16 bits, or fewer than 8. */
  private static void wideToRgb(DecodedFrame frame, ImageDescription image) {
    int max = (1 << image.bitsStored()) - 1;
    int half = 1 << (image.bitsStored() - 1);
    byte[] cells = frame.cells();
    int width = image.bytesPerSample();
    for (int i = 0; i + 2 < cells.length / width; i += 3) {
      long y = (frame.cell(i) & max) << 16;
      long cb = (frame.cell(i + 1) & max) - half;
      long cr = (frame.cell(i + 2) & max) - half;
      put(cells, width, i, y + 91881 * cr, max);
      put(cells, width, i + 1, y - 22554 * cb - 46802 * cr, max);
      put(cells, width, i + 2, y + 116130 * cb, max);
    }
  }

  private static void put(byte[] cells, int width, int index, long fixed, int max) {
    int value = Math.clamp((fixed + 0x8000) >> 16, 0, max);
    for (int b = 0; b < width; b++) {
      cells[index * width + b] = (byte) (value >> (8 * b));
    }
  }

  private static byte clamp(int fixed) {
    int rounded = (fixed + 0x8000) >> 16;
    return (byte) Math.clamp(rounded, 0, 255);
  }
}
