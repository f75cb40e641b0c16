package org.heliograph.node.prepare;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.heliograph.dicom.durable.DurableFiles;

/** A new file that counts as written only once its bytes are forced and it has its name. */
final class PartFile implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final DurableFiles files;
  private final Path unfinished;
  private final Path path;
  private final FileChannel channel;
  private long length;

  private PartFile(DurableFiles files, Path unfinished, Path path) throws IOException {
    this.files = files;
    this.unfinished = unfinished;
    this.path = path;
    this.channel = files.create(unfinished);
  }

  static PartFile create(DurableFiles files, Path path) throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
    files.delete(unfinished);
    return new PartFile(files, unfinished, path);
  }

  long length() {
    return length;
  }

  /** Buffered by who uses it; closing it does nothing. */
  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        files.write(channel, ByteBuffer.wrap(bytes, offset, count));
        length += count;
      }
    };
  }

  static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
  }

  /** Forces the bytes and gives the file its name; the folder is forced by who made it. */
  void finish() throws IOException {
    files.force(channel);
    channel.close();
    files.rename(unfinished, path);
  }

  /** Without {@link #finish} nothing stays. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      files.delete(unfinished);
    }
  }
}
