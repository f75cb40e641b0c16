package org.heliograph.dicom.pixel.render;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Finds the one EXIF value that matters, and reads nothing else of it. */
public final class ExifOrientation {

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /** Of the first Exif segment before the first scan. */
  public static PictureOrientation ofJpeg(byte[] jpeg) {
    int at = 2;
    while (at + 3 < jpeg.length && jpeg[at] == (byte) 0xFF) {
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (marker == 0xDA || marker == 0xD9) {
        break;
      }
      int length = (jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF);
      if (marker == 0xE1 && length > 2 + EXIF.length && isExif(jpeg, at + 4)) {
        int from = at + 4 + EXIF.length;
        return ofTiff(ByteBuffer.wrap(jpeg, from, Math.min(jpeg.length, at + 2 + length) - from));
      }
      at += 2 + length;
    }
    return PictureOrientation.TOP_LEFT;
  }

  private static boolean isExif(byte[] jpeg, int at) {
    for (int i = 0; i < EXIF.length; i++) {
      if (at + i >= jpeg.length || jpeg[at + i] != EXIF[i]) {
        return false;
      }
    }
    return true;
  }

  /** The tag in IFD 0; upright if the structure is broken, as cameras and viewers take it. */
  public static PictureOrientation ofTiff(ByteBuffer block) {
    ByteBuffer tiff = block.slice();
    if (tiff.remaining() < 8) {
      return PictureOrientation.TOP_LEFT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = tiff.getInt(4) & 0xFFFFFFFFL;
    if (directory + 2 > tiff.limit()) {
      return PictureOrientation.TOP_LEFT;
    }
    int entries = tiff.getShort((int) directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      if (entry + 12 > tiff.limit()) {
        break;
      }
      int at = (int) entry;
      if ((tiff.getShort(at) & 0xFFFF) == TAG && tiff.getShort(at + 2) == SHORT) {
        return PictureOrientation.of(tiff.getShort(at + 8));
      }
    }
    return PictureOrientation.TOP_LEFT;
  }
}
