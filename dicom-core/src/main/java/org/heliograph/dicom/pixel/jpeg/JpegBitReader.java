package org.heliograph.dicom.pixel.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * Bits of an entropy-coded segment: a zero byte stuffed behind each FF (ITU-T T.81 F.1.2.3).
 *
 * <p>Behind the segment come zeros, so that nothing has to be asked for each code; who reads asks
 * {@link #overrun()} now and then.
 */
final class JpegBitReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private int at;
  private long buffer;
  private int valid;
  private int padding;

  JpegBitReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean overrun() {
    return valid < padding;
  }

  /** The next 16 bits, which stay. */
  int peek16() {
    if (valid < 16) {
      fill();
    }
    return (int) (buffer >>> 48);
  }

  void skip(int count) {
    buffer <<= count;
    valid -= count;
  }

  /** The additional bits of a difference or coefficient of 1 to 16 bits (F.2.2.1). */
  int extended(int size) {
    if (valid < size) {
      fill();
    }
    int value = (int) (buffer >>> (64 - size));
    skip(size);
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  /** Goes on behind a restart marker. */
  void restart(int number) throws CodecException {
    int to = at; // reading never passes a marker
    while (to + 1 < end && !(bytes[to] == (byte) 0xFF && bytes[to + 1] != 0)) {
      to++;
    }
    while (to + 1 < end && bytes[to + 1] == (byte) 0xFF) {
      to++;
    }
    if (to + 1 >= end || (bytes[to + 1] & 0xFF) != 0xD0 + (number & 7)) {
      throw CodecException.damaged("JPEG restart marker is missing");
    }
    at = to + 2;
    buffer = 0;
    valid = 0;
    padding = 0;
  }

  /** Makes at least 48 bits valid; only called with less than 16. */
  private void fill() {
    if (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      boolean withoutFf =
          ((word & 0x7F7F7F7F7F7F7F7FL) + 0x0101010101010101L & word & 0x8080808080808080L) == 0;
      if (withoutFf) {
        int count = (63 - valid) >>> 3;
        buffer |= word >>> (64 - count * 8) << (64 - count * 8 - valid);
        at += count;
        valid += count * 8;
        return;
      }
    }
    while (valid <= 48) {
      if (at >= end || (bytes[at] == (byte) 0xFF && (at + 1 >= end || bytes[at + 1] != 0))) {
        valid += 8;
        padding += 8;
      } else {
        buffer |= (bytes[at] & 0xFFL) << (56 - valid);
        valid += 8;
        at += bytes[at] == (byte) 0xFF ? 2 : 1;
      }
    }
  }
}
