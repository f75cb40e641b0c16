package org.heliograph.dicom.io;

/** Between little and big endian. */
final class ByteSwap {
  private ByteSwap() {}

  /** Reverses each whole unit of bytes in place; a rest stays as it is. */
  static void swap(byte[] value, int unit) {
    swap(value, value.length, unit);
  }

  static void swap(byte[] value, int length, int unit) {
    if (unit == 1) {
      return;
    }
    for (int start = 0; start + unit <= length; start += unit) {
      for (int a = start, b = start + unit - 1; a < b; a++, b--) {
        byte t = value[a];
        value[a] = value[b];
        value[b] = t;
      }
    }
  }
}
