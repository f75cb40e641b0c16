package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** How often a second the machine's disk confirms a small write: what durable storing lives on. */
final class ForcedWrites {
  private static final Duration LENGTH = Duration.ofSeconds(2);
  private static final int PAGES = 256;
  private static final int PAGE_BYTES = 8192;

  private ForcedWrites() {}

  static double perSecond(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "forced-", ".tmp");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(PAGES * PAGE_BYTES));
      channel.force(true);
      long began = System.nanoTime();
      int count = 0;
      while (System.nanoTime() - began < LENGTH.toNanos()) {
        channel.write(ByteBuffer.allocate(PAGE_BYTES), (long) count % PAGES * PAGE_BYTES);
        channel.force(false);
        count++;
      }
      return count / ((System.nanoTime() - began) / 1e9);
    } finally {
      Files.delete(file);
    }
  }
}
