package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.heliograph.dicom.durable.DurableFiles;

/** Collects many small records to few large writes. */
final class JournalOutput {
  static final int BUFFER_BYTES = 256 * 1024;

  private final DurableFiles files;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long byteCount;

  JournalOutput(DurableFiles files, FileChannel channel) {
    this.files = files;
    this.channel = channel;
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  void write(byte[] bytes, int length) throws IOException {
    byteCount += length;
    int at = 0;
    while (at < length) {
      int n = Math.min(length - at, buffer.remaining());
      buffer.put(bytes, at, n);
      at += n;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  void flush() throws IOException {
    files.write(channel, buffer.flip());
    buffer.clear();
  }

  long byteCount() {
    return byteCount;
  }
}
