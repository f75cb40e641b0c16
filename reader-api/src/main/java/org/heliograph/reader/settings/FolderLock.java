package org.heliograph.reader.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps a second hub off the same data folder; the operating system frees it with the process. */
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws FolderInUseException with a message for the operator
   */
  public static FolderLock take(DataFolder data) {
    try {
      FileChannel channel =
          FileChannel.open(
              data.root().resolve("hub.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isFree(channel)) {
        return new FolderLock(channel);
      }
      channel.close();
      throw new FolderInUseException(
          "Another hub runs on the data folder "
              + data.root()
              + ". Stop it, or give this one another --data.");
    } catch (IOException e) {
      throw new FolderInUseException("The data folder " + data.root() + " cannot be written to.");
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
