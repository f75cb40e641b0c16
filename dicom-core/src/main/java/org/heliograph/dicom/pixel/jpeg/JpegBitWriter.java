package org.heliograph.dicom.pixel.jpeg;

import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;

/** Collects a JPEG stream: whole bytes of headers, and bits of a scan (ITU-T T.81 F.1.2.3). */
final class JpegBitWriter {

  private byte[] bytes;
  private int at;
  private int buffer;
  private int pending;

  JpegBitWriter(int expectedBytes) {
    bytes = new byte[expectedBytes];
  }

  /** Makes room, so that nothing has to be asked for each code. */
  void reserve(long count) throws CodecException {
    long needed = at + count;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 16) {
        throw CodecException.unsupported("JPEG stream of more than 2 GiB");
      }
      long length = Math.min(Math.max(needed, bytes.length * 3L / 2), Integer.MAX_VALUE - 16);
      bytes = Arrays.copyOf(bytes, (int) length);
    }
  }

  void int8(int value) {
    bytes[at++] = (byte) value;
  }

  void int16(int value) {
    int8(value >> 8);
    int8(value);
  }

  void bytes(byte[] values) {
    System.arraycopy(values, 0, bytes, at, values.length);
    at += values.length;
  }

  /** Appends up to 16 bits. */
  void bits(int value, int count) {
    buffer = buffer << count | value;
    pending += count;
    while (pending >= 8) {
      pending -= 8;
      int next = buffer >>> pending & 0xFF;
      int8(next);
      if (next == 0xFF) {
        int8(0);
      }
    }
  }

  /** Ends a scan on a byte, padded with ones. */
  void endScan() {
    if (pending > 0) {
      bits((1 << (8 - pending)) - 1, 8 - pending);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, at);
  }
}
