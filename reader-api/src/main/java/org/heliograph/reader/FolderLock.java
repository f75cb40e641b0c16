package org.heliograph.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.heliograph.reader.settings.DataFolder;

/** Keeps a second hub off the same data folder; the operating system frees it with the process. */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(DataFolder data) {
    try {
      FileChannel channel =
          FileChannel.open(
              data.root().resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isFree(channel)) {
        return new FolderLock(channel);
      }
      channel.close();
      throw new CannotStartException(
          "Another hub runs on the data folder "
              + data.root()
              + ". Stop it, or give this one another --data.");
    } catch (IOException e) {
      throw new CannotStartException(
          "The data folder " + data.root() + " cannot be written to.", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
