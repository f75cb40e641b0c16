package org.heliograph.dicom.pixel.jpegls;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;

/** Collects a code stream: whole bytes of headers, and bits of a scan (ITU-T T.87 A.1). */
final class JpegLsBitWriter {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int at;
  private long buffer;
  private int pending;
  private boolean afterFf;

  JpegLsBitWriter(int expectedBytes) {
    bytes = new byte[expectedBytes];
  }

  /** Makes room, so that nothing has to be asked for each code. */
  void reserve(long count) throws CodecException {
    long needed = at + count;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 16) {
        throw CodecException.unsupported("JPEG-LS stream of more than 2 GiB");
      }
      int length = (int) Math.min(Math.max(needed, bytes.length * 3L / 2), Integer.MAX_VALUE - 16);
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  void int8(int value) {
    bytes[at++] = (byte) value;
  }

  void int16(int value) {
    int8(value >> 8);
    int8(value);
  }

  /** Appends up to 32 bits. */
  void bits(long value, int count) {
    buffer = buffer << count | value;
    pending += count;
    if (pending >= 32) {
      flushWord();
    }
  }

  /** The limited-length Golomb code of A.5.3. */
  void golomb(int mapped, int k, int escape, int qbpp) {
    int zeros = mapped >>> k;
    if (zeros < escape) {
      int count = zeros + 1 + k;
      if (count <= 32) {
        bits(1L << k | (mapped & ((1 << k) - 1)), count);
      } else {
        zeros(zeros);
        bits(1L << k | (mapped & ((1 << k) - 1)), k + 1);
      }
    } else {
      zeros(escape);
      bits(1L << qbpp | (mapped - 1), qbpp + 1);
    }
  }

  private void zeros(int count) {
    int left = count;
    while (left > 32) {
      bits(0, 32);
      left -= 32;
    }
    bits(0, left);
  }

  private void flushWord() {
    int word = (int) (buffer >>> (pending - 32));
    boolean withoutFf = ((word & 0x7F7F7F7F) + 0x01010101 & word & 0x80808080) == 0;
    if (withoutFf && !afterFf) {
      INTS.set(bytes, at, word);
      at += 4;
      pending -= 32;
    } else {
      flushBytes();
    }
  }

  private void flushBytes() {
    while (pending >= 8) {
      int count = afterFf ? 7 : 8;
      pending -= count;
      int next = (int) (buffer >>> pending) & (0xFF >> (8 - count));
      bytes[at++] = (byte) next;
      afterFf = next == 0xFF;
    }
  }

  /** Ends a scan on a byte, padded with zeros. */
  void endScan() {
    flushBytes();
    if (pending > 0 || afterFf) {
      int count = afterFf ? 7 : 8;
      buffer <<= count - pending;
      pending = count;
      int next = (int) buffer & (0xFF >> (8 - count));
      bytes[at++] = (byte) next;
    }
    buffer = 0;
    pending = 0;
    afterFf = false;
  }

  /** Hands on what is complete if it is more than so many bytes. */
  void drainTo(OutputStream target, int above) throws IOException {
    if (at > above) {
      target.write(bytes, 0, at);
      at = 0;
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, at);
  }
}
