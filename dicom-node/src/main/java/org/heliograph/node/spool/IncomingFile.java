package org.heliograph.node.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.dicom.durable.DurableFiles;

/** A file while it is written. It is removed at its close if nobody took it over by then. */
final class IncomingFile extends OutputStream {
  private final DurableFiles files;
  private final Path path;
  private final FileChannel channel;

  private IncomingFile(DurableFiles files, Path path, FileChannel channel) {
    this.files = files;
    this.path = path;
    this.channel = channel;
  }

  static IncomingFile create(DurableFiles files, Path path) throws StorageFailedException {
    try {
      return new IncomingFile(files, path, files.create(path));
    } catch (IOException e) {
      throw new StorageFailedException(e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      files.write(channel, ByteBuffer.wrap(bytes, offset, length));
    } catch (IOException e) {
      throw new StorageFailedException(e);
    }
  }

  /** Forces the content to the disk. A failure is final: the file is not tried again. */
  void seal() throws StorageFailedException {
    try {
      files.force(channel);
      channel.close();
    } catch (IOException e) {
      throw new StorageFailedException(e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      if (Files.exists(path)) {
        files.delete(path);
      }
    } catch (IOException _) {
      // what lies here was promised to nobody, and goes at the next start
    }
  }
}
