package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Makes every pass begin alike. What servers before wrote without forcing it goes to the disk
 * first, or it would do so at the next one's cost. And a file of the pass's size is written and
 * removed: on a virtual machine the first use of a page of memory costs much more than the next
 * (seen: 1.2 ms against 0.13 ms for a file of 0.5 MB), which would fall on whoever comes first.
 */
final class LevelGround {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;

  LevelGround(Path folder) {
    this.folder = folder;
  }

  void level(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    Path scratch = Files.createTempFile(folder, "level-", ".tmp");
    try (var channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      for (long left = bytes; left > 0; left -= BUFFER_BYTES) {
        channel.write(buffer.clear());
      }
    } finally {
      Files.delete(scratch);
    }
    forceAll();
  }

  private static void forceAll() throws IOException {
    try {
      new ProcessBuilder("sync").inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
