package org.heliograph.archive.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.heliograph.archive.blob.BoundedInputStream;
import org.heliograph.archive.blob.StagingFile;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.dicom.io.BulkSource;

/**
 * Parts of instances, one behind the other in a staging file, until all that belongs together is
 * there. Nothing in it has been promised to anyone; closing it removes it. For one thread.
 */
public final class PartSpool implements BulkSource, AutoCloseable {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final StagingFile file;
  private final SpaceReserve reserve;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  PartSpool(StagingFile file, SpaceReserve reserve) {
    this.file = file;
    this.reserve = reserve;
  }

  /** Where a part lies. */
  public record Kept(long offset, long length) {}

  /**
   * Keeps a part; the stream is read to its end.
   *
   * @throws StoreUnavailableException our own disk failed or has no space to spare
   */
  public Kept keep(InputStream part) throws IOException {
    long offset = file.byteCount();
    try (var tee = new StagingInputStream(part, file, reserve, buffer)) {
      while (tee.read(buffer) >= 0) {
        // kept on the way
      }
      return new Kept(offset, file.byteCount() - offset);
    } catch (StagingFailedException e) {
      throw away(e);
    }
  }

  static StoreUnavailableException away(StagingFailedException fault) {
    var away = new StoreUnavailableException("the staging folder takes no more");
    away.initCause(fault);
    return away;
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    try {
      return new BoundedInputStream(Channels.newInputStream(channel.position(offset)), length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
