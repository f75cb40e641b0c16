package org.heliograph.node.prepare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;

/** Whether gzip helps: pixel data that is compressed already only costs time. */
final class Gzip {
  static final String NAME = "gzip";
  static final String IDENTITY = "identity";
  static final int BUFFER_BYTES = 64 * 1024;

  private static final int SAMPLE_BYTES = 128 * 1024;
  private static final int SAMPLES = 4;

  private Gzip() {}

  /** At least two per cent. */
  static boolean saves(long plainBytes, long gzipBytes) {
    return gzipBytes <= plainBytes - plainBytes / 50 && gzipBytes < plainBytes;
  }

  /** Tries a few stretches of a file. */
  static boolean isWorthwhile(Path file) throws IOException {
    byte[] sample = new byte[SAMPLE_BYTES];
    byte[] packed = new byte[SAMPLE_BYTES + 1024];
    long plain = 0;
    long gzip = 0;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long length = channel.size();
      for (int i = 0; i < SAMPLES; i++) {
        long from = Math.max(0, length - SAMPLE_BYTES) * i / (SAMPLES - 1);
        ByteBuffer buffer = ByteBuffer.wrap(sample);
        channel.position(from);
        int n = 0;
        while (n >= 0 && buffer.hasRemaining()) {
          n = channel.read(buffer);
        }
        plain += buffer.position();
        gzip += deflated(sample, buffer.position(), packed);
      }
    }
    return saves(plain, gzip);
  }

  private static int deflated(byte[] sample, int length, byte[] packed) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(sample, 0, length);
      deflater.finish();
      int count = 0;
      while (!deflater.finished()) {
        count += deflater.deflate(packed);
      }
      return count;
    } finally {
      deflater.end();
    }
  }
}
