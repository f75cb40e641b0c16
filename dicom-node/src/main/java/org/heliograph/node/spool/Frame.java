package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How records lie in a journal: a mark, the length, a CRC-32C of length and content, the content;
 * numbers are big-endian. The mark lets a reader find the next record behind damaged bytes.
 */
final class Frame {
  static final int MAX_RECORD_BYTES = 16 << 20;
  private static final int MARK = 0x48674A31; // HgJ1
  private static final int HEAD_BYTES = 12;
  private static final int WINDOW_BYTES = 256 * 1024;

  private Frame() {}

  static byte[] of(byte[] record) {
    if (record.length > MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "a record of " + record.length + " bytes exceeds " + MAX_RECORD_BYTES);
    }
    return ByteBuffer.allocate(HEAD_BYTES + record.length)
        .putInt(MARK)
        .putInt(record.length)
        .putInt(check(record.length, ByteBuffer.wrap(record)))
        .put(record)
        .array();
  }

  private static int check(int length, ByteBuffer content) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(0, length));
    crc.update(content);
    return (int) crc.getValue();
  }

  /**
   * What was found in a journal.
   *
   * @param end of the last readable record: what follows is a torn write
   * @param skippedBytes unreadable, with readable records behind them: damage
   */
  record Scan(long end, long skippedBytes) {}

  /** Reads all records of a file in their order. */
  static Scan scan(Path file, Consumer<byte[]> each) throws IOException {
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      var window = new Window(in);
      long at = 0;
      long end = 0;
      long skipped = 0;
      while (at < window.size) {
        byte[] record = window.record(at);
        if (record == null) {
          at = window.nextMark(at + 1);
        } else {
          skipped += at - end;
          at += HEAD_BYTES + record.length;
          end = at;
          each.accept(record);
        }
      }
      return new Scan(end, skipped);
    }
  }

  /** A part of the file in memory. */
  private static final class Window {
    private final FileChannel in;
    private final long size;
    private ByteBuffer bytes = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    private long start;

    Window(FileChannel in) throws IOException {
      this.in = in;
      size = in.size();
    }

    /** The record that begins there, null if none does. */
    byte @Nullable [] record(long at) throws IOException {
      if (!holds(at, HEAD_BYTES) || u32(at) != MARK) {
        return null;
      }
      int length = u32(at + 4);
      int check = u32(at + 8);
      if (length < 0 || length > MAX_RECORD_BYTES || !holds(at, HEAD_BYTES + length)) {
        return null;
      }
      var record = new byte[length];
      bytes.get((int) (at - start) + HEAD_BYTES, record);
      return check(length, ByteBuffer.wrap(record)) == check ? record : null;
    }

    long nextMark(long from) throws IOException {
      long at = from;
      while (holds(at, 4) && u32(at) != MARK) {
        at++;
      }
      return at + 4 <= size ? at : size;
    }

    private int u32(long at) {
      return bytes.getInt((int) (at - start));
    }

    private boolean holds(long at, int count) throws IOException {
      if (at + count > size) {
        return false;
      }
      if (at < start || at + count > start + bytes.limit()) {
        if (count > bytes.capacity()) {
          bytes = ByteBuffer.allocate(Math.max(count, 2 * bytes.capacity()));
        }
        bytes.clear();
        start = at;
        while (bytes.hasRemaining() && in.read(bytes, start + bytes.position()) >= 0) {
          // until the window is full or the file ends
        }
        bytes.flip();
      }
      return at + count <= start + bytes.limit();
    }
  }
}
