package org.heliograph.dicom.pixel;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflated Image Frame Compression (PS3.5 Annex A.4.13): one raw deflate stream per frame. */
final class DeflatedFrame {

  private DeflatedFrame() {}

  static DecodedFrame decode(byte[] frame, ImageDescription image) throws PixelDataException {
    byte[] inflated = new byte[Math.toIntExact((image.nativeFrameBits() + 7) / 8)];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(frame);
      int filled = 0;
      while (filled < inflated.length) {
        int count = inflater.inflate(inflated, filled, inflated.length - filled);
        if (count == 0) {
          throw new DamagedPixelDataException(
              "deflated frame gives " + filled + " bytes of " + inflated.length);
        }
        filled += count;
      }
    } catch (DataFormatException e) {
      throw new DamagedPixelDataException("deflated frame is damaged", e);
    }
    return NativeFrame.decode(inflated, 0, image, false);
  }
}
