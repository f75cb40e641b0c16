package org.heliograph.dicom.pixel;

import java.util.Arrays;

/** Native Pixel Data: cells of 1, 8, 16 or 32 bits (PS3.5 Section 8.1.1, 8.2). */
final class NativeFrame {

  private NativeFrame() {}

  static DecodedFrame decode(byte[] frame, int firstBit, ImageDescription image, boolean bigEndian)
      throws PixelDataException {
    long needed = (image.nativeFrameBits() + firstBit + 7) / 8;
    if (frame.length < needed) {
      throw new DamagedPixelDataException(
          "native frame has " + frame.length + " bytes of " + needed);
    }
    if (image.bitsAllocated() == 1) {
      return new DecodedFrame(image, bits(frame, firstBit, Math.toIntExact(image.samples())));
    }
    int used = Math.toIntExact(image.nativeFrameBits() / 8);
    byte[] cells = frame.length == used ? frame : Arrays.copyOf(frame, used);
    if (bigEndian && image.bytesPerSample() > 1) {
      cells = swapped(cells, image.bytesPerSample());
    }
    if (!image.photometricInterpretation().isYbr()
        && image.photometricInterpretation() != PhotometricInterpretation.RGB) {
      return new DecodedFrame(image, cells);
    }
    return switch (image.photometricInterpretation()) {
      case YBR_FULL_422 -> PixelColor.rgbOf422(cells, image);
      case RGB, YBR_FULL -> PixelColor.rgb(cells, image);
      default ->
          throw new UnsupportedPixelDataException(
              "native " + image.photometricInterpretation().term());
    };
  }

  private static byte[] bits(byte[] frame, int firstBit, int count) {
    byte[] cells = new byte[count];
    for (int i = 0; i < count; i++) {
      int bit = firstBit + i;
      cells[i] = (byte) (frame[bit >> 3] >> (bit & 7) & 1);
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
