package org.heliograph.dicom.pixel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.io.BulkSource;

/** Values of words, in memory or left in the source, as little-endian bytes. */
public final class Bulk {

  private Bulk() {}

  /**
   * The value's bytes; none when the attribute is absent.
   *
   * @throws DamagedPixelDataException the value is longer than {@code maxBytes}
   */
  public static byte[] words(Dataset dataset, int tag, BulkSource source, int maxBytes)
      throws IOException {
    if (!(dataset.get(tag).orElse(null) instanceof BulkElement element)) {
      return dataset.bytes(tag);
    }
    if (element.length() > maxBytes) {
      throw new DamagedPixelDataException(
          "table of " + element.length() + " bytes exceeds the limit of " + maxBytes);
    }
    byte[] bytes = read(source, element.offset(), (int) element.length());
    if (element.byteOrder().equals(ByteOrder.BIG_ENDIAN)) {
      swap(bytes, element.vr().unitBytes());
    }
    return bytes;
  }

  static byte[] read(BulkSource source, FrameIndex.Span span) throws IOException {
    return read(source, span.offset(), Math.toIntExact(span.length()));
  }

  /** Exactly so many bytes of the source. */
  public static byte[] read(BulkSource source, long offset, int length) throws IOException {
    try (InputStream in = source.open(offset, length)) {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new DamagedPixelDataException("source gives " + bytes.length + " bytes of " + length);
      }
      return bytes;
    }
  }

  private static void swap(byte[] bytes, int unit) {
    for (int i = 0; i + unit <= bytes.length; i += unit) {
      for (int b = 0; b < unit / 2; b++) {
        byte low = bytes[i + unit - 1 - b];
        bytes[i + unit - 1 - b] = bytes[i + b];
        bytes[i + b] = low;
      }
    }
  }
}
