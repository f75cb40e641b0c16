package org.heliograph.dicom.pixel;

import java.util.Arrays;

/** Native Pixel Data: cells of 1 to 64 bits, packed without gaps (PS3.5 Section 8.1.1, 8.2). */
final class NativeFrame {

  private NativeFrame() {}

  static DecodedFrame decode(byte[] frame, int firstBit, ImageDescription image, boolean bigEndian)
      throws PixelDataException {
    long needed = (image.nativeFrameBits() + firstBit + 7) / 8;
    if (frame.length < needed) {
      throw new DamagedPixelDataException(
          "native frame has " + frame.length + " bytes of " + needed);
    }
    byte[] cells = cells(frame, firstBit, image, bigEndian);
    return switch (image.photometricInterpretation()) {
      case MONOCHROME1, MONOCHROME2, PALETTE_COLOR -> new DecodedFrame(image, cells);
      case RGB, YBR_FULL -> PixelColor.rgb(cells, image);
      case YBR_FULL_422, YBR_PARTIAL_422 -> PixelColor.rgbOf422(cells, image);
      case YBR_PARTIAL_420, YBR_ICT, YBR_RCT ->
          throw new UnsupportedPixelDataException(
              "native " + image.photometricInterpretation().term());
    };
  }

  private static byte[] cells(byte[] frame, int firstBit, ImageDescription image, boolean swap)
      throws DamagedPixelDataException {
    int bits = image.bitsAllocated();
    int width = image.bytesPerSample();
    long count = image.nativeFrameBits() / bits;
    if (count * width > Integer.MAX_VALUE - 16) {
      throw new DamagedPixelDataException("frame of " + count + " samples");
    }
    if (bits == 8 * width) {
      int used = (int) count * width;
      byte[] cells = frame.length == used ? frame : Arrays.copyOf(frame, used);
      return swap && width > 1 ? swapped(cells, width) : cells;
    }
    if (bits == 1) {
      return single(frame, firstBit, (int) count);
    }
    if (bits % 8 == 0) {
      return widened(frame, (int) count, bits / 8, width, swap);
    }
    return packed(frame, firstBit, (int) count, bits, width);
  }

  private static byte[] single(byte[] frame, int firstBit, int count) {
    byte[] cells = new byte[count];
    for (int i = 0; i < count; i++) {
      long bit = (long) firstBit + i;
      cells[i] = (byte) (frame[(int) (bit >> 3)] >> (bit & 7) & 1);
    }
    return cells;
  }

  /** 24, 40, 48 or 56 bits. */
  private static byte[] widened(byte[] frame, int count, int bytes, int width, boolean swap) {
    byte[] cells = new byte[count * width];
    for (int i = 0; i < count; i++) {
      for (int b = 0; b < bytes; b++) {
        cells[i * width + b] = frame[i * bytes + (swap ? bytes - 1 - b : b)];
      }
    }
    return cells;
  }

  /**
   * Numbers of bits that fill no bytes: each begins at the lowest bit that is left (PS3.5 8.1.1).
   */
  private static byte[] packed(byte[] frame, int firstBit, int count, int bits, int width) {
    byte[] cells = new byte[count * width];
    long bit = firstBit;
    for (int i = 0; i < count; i++) {
      for (int done = 0; done < bits; ) {
        int shift = (int) (bit & 7);
        int taken = Math.min(bits - done, Math.min(8 - shift, 8 - (done & 7)));
        int part = (frame[(int) (bit >> 3)] & 0xFF) >> shift & ((1 << taken) - 1);
        cells[i * width + (done >> 3)] |= (byte) (part << (done & 7));
        done += taken;
        bit += taken;
      }
    }
    return cells;
  }

  private static byte[] swapped(byte[] cells, int width) {
    byte[] swapped = new byte[cells.length];
    for (int i = 0; i + width <= cells.length; i += width) {
      for (int b = 0; b < width; b++) {
        swapped[i + b] = cells[i + width - 1 - b];
      }
    }
    return swapped;
  }
}
