package org.heliograph.dicom.pixel.transcode;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Frames encoded but not yet sent, one behind the other: in memory as long as they are few, then in
 * a temporary file that only this process's user may read. Filled by one thread, then read by many.
 */
final class FrameSpool implements Closeable {

  private final Path folder;
  private final int maxInMemoryBytes;
  private byte[] memory = new byte[0];
  private @Nullable Path file;
  private @Nullable FileChannel channel;
  private long length;

  FrameSpool(Path folder, int maxInMemoryBytes) {
    this.folder = folder;
    this.maxInMemoryBytes = maxInMemoryBytes;
  }

  long length() {
    return length;
  }

  void append(byte[] bytes) throws IOException {
    append(bytes, 0, bytes.length);
  }

  void append(byte[] bytes, int from, int count) throws IOException {
    if (channel == null && length + count > maxInMemoryBytes) {
      file = Files.createTempFile(folder, "frames", ".tmp");
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ);
      write(channel, ByteBuffer.wrap(memory, 0, (int) length));
      memory = new byte[0];
    }
    if (channel != null) {
      write(channel, ByteBuffer.wrap(bytes, from, count));
    } else {
      if (length + count > memory.length) {
        long grown = Math.max(length + count, 2L * memory.length);
        byte[] larger = new byte[(int) Math.min(grown, maxInMemoryBytes)];
        System.arraycopy(memory, 0, larger, 0, (int) length);
        memory = larger;
      }
      System.arraycopy(bytes, from, memory, (int) length, count);
    }
    length += count;
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Appends what is written; without a buffer of its own. */
  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        append(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        append(bytes, from, count);
      }
    };
  }

  /** A part of what was appended. */
  InputStream open(long offset, long count) throws IOException {
    if (offset < 0 || count < 0 || offset + count > length) {
      throw new IOException("spool of " + length + " bytes has no " + count + " at " + offset);
    }
    if (file == null) {
      return new ByteArrayInputStream(memory, (int) offset, (int) count);
    }
    FileChannel reading = FileChannel.open(file, StandardOpenOption.READ);
    reading.position(offset);
    return Channels.newInputStream(reading);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
