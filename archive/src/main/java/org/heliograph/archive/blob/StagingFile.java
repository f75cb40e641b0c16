package org.heliograph.archive.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.dicom.durable.DurableFiles;

/**
 * One file being received. Closing it without a blob having been made of it removes it. For one
 * thread.
 */
public final class StagingFile extends OutputStream {
  private final Path path;
  private final FileChannel channel;
  private final DurableFiles files;
  private long byteCount;
  private boolean syncFailed;

  StagingFile(Path path, FileChannel channel, DurableFiles files) {
    this.path = path;
    this.channel = channel;
    this.files = files;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    files.write(channel, ByteBuffer.wrap(bytes, offset, length));
    byteCount += length;
  }

  public long byteCount() {
    return byteCount;
  }

  /** Where it lies, for readers of a file that is not sealed yet. */
  public Path path() {
    return path;
  }

  /** Forces the content to the disk. A failure is final for this file. */
  public SealedFile seal() throws IOException {
    if (syncFailed) {
      throw new IOException("a failed fsync is not tried again on the same file");
    }
    try {
      files.force(channel);
    } catch (IOException e) {
      syncFailed = true;
      throw e;
    }
    return new SealedFile(path, byteCount);
  }

  /** Closes the file and, where it still lies in the staging folder, removes it. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(path);
    }
  }
}
