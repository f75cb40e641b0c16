package org.heliograph.dicom.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.heliograph.dicom.io.DicomFormatException.Code;

/** A buffered stream that knows its position and never allocates what a length merely claims. */
final class DicomInput {
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int GROWTH_BYTES = 256 * 1024;

  private final InputStream in;
  private final byte[] buffer;
  private final boolean whole;
  private long bufferOffset;
  private int next;
  private int limit;

  DicomInput(InputStream in) {
    this.in = in;
    this.buffer = new byte[BUFFER_BYTES];
    this.whole = false;
  }

  /** Bytes in memory that are part of another stream, counted from their offset in that. */
  DicomInput(byte[] bytes, long offset) {
    this.in = InputStream.nullInputStream();
    this.bufferOffset = offset;
    this.buffer = bytes;
    this.limit = bytes.length;
    this.whole = true;
  }

  /** The offset of the next byte. */
  long position() {
    return bufferOffset + next;
  }

  /** Buffers at least this many bytes; false when the stream has fewer. */
  boolean ensure(int count) throws IOException {
    if (limit - next >= count) {
      return true;
    }
    if (whole) {
      return false;
    }
    System.arraycopy(buffer, next, buffer, 0, limit - next);
    bufferOffset += next;
    limit -= next;
    next = 0;
    while (limit < count) {
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  int buffered() {
    return limit - next;
  }

  /** A byte ahead, of those that {@link #ensure} promised. */
  int peek(int ahead) {
    return buffer[next + ahead] & 0xFF;
  }

  int peekShort(int ahead, boolean bigEndian) {
    int a = peek(ahead);
    int b = peek(ahead + 1);
    return bigEndian ? a << 8 | b : b << 8 | a;
  }

  int peekInt(int ahead, boolean bigEndian) {
    int a = peekShort(ahead, bigEndian);
    int b = peekShort(ahead + 2, bigEndian);
    return bigEndian ? a << 16 | b : b << 16 | a;
  }

  /** A tag is two 16 bit numbers, group first, in either byte order. */
  int peekTag(int ahead, boolean bigEndian) {
    return peekShort(ahead, bigEndian) << 16 | peekShort(ahead + 2, bigEndian);
  }

  void consume(int count) {
    next += count;
  }

  byte[] read(int count) throws IOException {
    if (limit - next >= count) {
      byte[] out = Arrays.copyOfRange(buffer, next, next + count);
      next += count;
      return out;
    }
    byte[] out = new byte[Math.min(count, GROWTH_BYTES)];
    int have = Math.min(limit - next, out.length);
    System.arraycopy(buffer, next, out, 0, have);
    next += have;
    while (have < count) {
      if (have == out.length) {
        out = Arrays.copyOf(out, (int) Math.min(count, out.length * 2L));
      }
      int read = in.read(out, have, out.length - have);
      if (read < 0) {
        throw truncated(count);
      }
      have += read;
      bufferOffset += read;
    }
    return out;
  }

  void skip(long count) throws IOException {
    int buffered = (int) Math.min(count, limit - next);
    next += buffered;
    long left = count - buffered;
    if (left > buffer.length && !whole) {
      left -= seek(left);
    }
    while (left > 0) {
      if (next == limit && !ensure(1)) {
        throw truncated(left);
      }
      int step = (int) Math.min(left, limit - next);
      next += step;
      left -= step;
    }
  }

  /** Skips in the stream itself, all but the last byte: reading that one finds a stream's end. */
  private long seek(long count) throws IOException {
    long skipped = 0;
    while (skipped < count - 1) {
      long step = in.skip(count - 1 - skipped);
      if (step <= 0) {
        break;
      }
      skipped += step;
    }
    bufferOffset += limit + skipped;
    next = 0;
    limit = 0;
    return skipped;
  }

  /** Reads to the end of the stream; true when nothing but zeros were left. */
  boolean drain() throws IOException {
    boolean zeros = true;
    while (ensure(1)) {
      while (next < limit) {
        zeros &= buffer[next++] == 0;
      }
    }
    return zeros;
  }

  /** What is left, the buffered bytes first. */
  InputStream remaining() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return ensure(1) ? buffer[next++] & 0xFF : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (!ensure(1)) {
          return -1;
        }
        int count = Math.min(length, limit - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
      }
    };
  }

  DicomFormatException truncated(long wanted) {
    return new DicomFormatException(
        Code.TRUNCATED, position(), "the stream ends, " + wanted + " bytes were announced");
  }
}
