package org.heliograph.archive.retrieve;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A single-bit frame that begins inside a byte, moved to a byte boundary (PS3.5 8.1.1). */
final class BitShiftedInputStream extends FilterInputStream {
  private final int shift;
  private long bitsLeft;
  private int current = -1;

  BitShiftedInputStream(InputStream in, int shift, long bits) {
    super(in);
    this.shift = shift;
    this.bitsLeft = bits;
  }

  @Override
  public int read() throws IOException {
    if (bitsLeft <= 0) {
      return -1;
    }
    if (current < 0) {
      current = in.read();
    }
    int next = bitsLeft > 8 - shift ? Math.max(0, in.read()) : 0;
    int value = (current >>> shift | next << (8 - shift)) & 0xFF;
    if (bitsLeft < 8) {
      value &= (1 << bitsLeft) - 1;
    }
    current = next;
    bitsLeft -= 8;
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = 0;
    while (n < length) {
      int b = read();
      if (b < 0) {
        break;
      }
      bytes[offset + n++] = (byte) b;
    }
    return n == 0 && length > 0 ? -1 : n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
