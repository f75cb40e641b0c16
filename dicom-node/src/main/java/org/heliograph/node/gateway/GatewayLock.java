package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps a second gateway off the same folder; the operating system frees it with the process. */
final class GatewayLock implements AutoCloseable {
  private final FileChannel channel;

  private GatewayLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the folder; empty if another process has it. */
  static Optional<GatewayLock> take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(new GatewayLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Taken in this process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
