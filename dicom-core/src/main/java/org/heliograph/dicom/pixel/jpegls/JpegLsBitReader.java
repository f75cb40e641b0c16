package org.heliograph.dicom.pixel.jpegls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.heliograph.dicom.pixel.codec.CodecException;

/**
 * Bits of a scan: after a byte FF the next one holds seven bits (ITU-T T.87 A.1).
 *
 * <p>Behind the last byte come zeros, so that nothing has to be asked for each pixel; who reads
 * asks {@link #overrun()} after each line.
 */
final class JpegLsBitReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Bits to come, the next one on top; bits below the valid ones may already be those to come. */
  private long buffer;

  private int valid;
  private int padding;
  private boolean afterFf;

  JpegLsBitReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
    this.end = marker(bytes, from);
  }

  /** Where the marker after the scan begins. */
  int end() {
    return end;
  }

  /** Whether more bits were taken than the scan has. */
  boolean overrun() {
    return valid < padding;
  }

  int bit() {
    if (valid == 0) {
      fill();
    }
    int bit = (int) (buffer >>> 63);
    buffer <<= 1;
    valid--;
    return bit;
  }

  /** Up to 32 bits. */
  int bits(int count) {
    if (valid < count) {
      fill();
    }
    int value = (int) (buffer >>> 1 >>> (63 - count));
    buffer <<= count;
    valid -= count;
    return value;
  }

  /**
   * The limited-length Golomb code of A.5.3.
   *
   * @param escape zeros that announce a value of {@code qbpp} bits: LIMIT - qbpp - 1
   */
  int golomb(int k, int escape, int qbpp) throws CodecException {
    if (valid < 32) {
      fill();
    }
    int zeros = Long.numberOfLeadingZeros(buffer);
    int used = zeros + 1 + k;
    if (used < valid && zeros < escape) {
      int low = (int) (buffer << zeros << 1 >>> 1 >>> (63 - k));
      buffer <<= used;
      valid -= used;
      return zeros << k | low;
    }
    return longGolomb(k, escape, qbpp);
  }

  private int longGolomb(int k, int escape, int qbpp) throws CodecException {
    int zeros = 0;
    while (bit() == 0) {
      if (++zeros > escape) {
        throw CodecException.damaged("JPEG-LS code is longer than its limit");
      }
    }
    return zeros < escape ? zeros << k | bits(k) : bits(qbpp) + 1;
  }

  /** Makes at least 56 bits valid; only called with less than that. */
  private void fill() {
    if (!afterFf && at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      if (((word & LOW_SEVEN) + ONES & word & HIGH_BITS) == 0) {
        buffer |= word >>> valid;
        int count = (63 - valid) >>> 3;
        at += count;
        valid += count * 8;
        return;
      }
    }
    fillBytes();
  }

  private void fillBytes() {
    while (valid <= 56) {
      if (at >= end) {
        valid += 8;
        padding += 8;
      } else {
        long next = bytes[at++] & 0xFFL;
        int count = afterFf ? 7 : 8;
        buffer |= next << (64 - count - valid);
        valid += count;
        afterFf = next == 0xFF;
      }
    }
  }

  /** The first FF that is followed by a byte from 80 on, else the end of the bytes. */
  private static int marker(byte[] bytes, int from) {
    int at = from;
    while (at + 1 < bytes.length) {
      if (at + 8 <= bytes.length) {
        long word = (long) LONGS.get(bytes, at);
        if (((word & LOW_SEVEN) + ONES & word & HIGH_BITS) == 0) {
          at += 8;
          continue;
        }
      }
      if (bytes[at] == (byte) 0xFF && bytes[at + 1] < 0) {
        return at;
      }
      at++;
    }
    return bytes.length;
  }
}
