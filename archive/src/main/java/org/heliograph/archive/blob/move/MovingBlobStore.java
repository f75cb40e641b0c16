package org.heliograph.archive.blob.move;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.blob.SealedFile;
import org.heliograph.archive.blob.StoredBlob;
import org.jspecify.annotations.Nullable;

/**
 * Two stores as one: new blobs go to the target; older ones are read from the source, where asking
 * in vain is cheap, and else from the target. A blob that lies in both is listed twice. Once the
 * source is dropped, only the target is asked.
 */
public final class MovingBlobStore implements BlobStore, AutoCloseable {
  private final BlobStore target;
  private final BlobStore first;
  private volatile @Nullable BlobStore source;

  public MovingBlobStore(BlobStore source, BlobStore target) {
    this.source = source;
    this.first = source;
    this.target = target;
  }

  BlobStore target() {
    return target;
  }

  /** Null after it was dropped. */
  @Nullable BlobStore source() {
    return source;
  }

  void dropSource() {
    source = null;
  }

  @Override
  public void put(BlobKey key, SealedFile staged) throws IOException {
    BlobStore old = source;
    if (old != null && has(old, key)) {
      throw new FileAlreadyExistsException(key.id().toString());
    }
    target.put(key, staged);
  }

  private static boolean has(BlobStore store, BlobKey key) throws IOException {
    try {
      store.byteCount(key);
      return true;
    } catch (NoSuchBlobException _) {
      return false;
    }
  }

  private interface Read<T> {
    T from(BlobStore store) throws IOException;
  }

  private <T> T read(Read<T> read) throws IOException {
    BlobStore old = source;
    if (old != null) {
      try {
        return read.from(old);
      } catch (NoSuchBlobException _) {
        // a new one, or one whose source copy has gone
      }
    }
    return read.from(target);
  }

  @Override
  public InputStream open(BlobKey key) throws IOException {
    return read(store -> store.open(key));
  }

  @Override
  public InputStream open(BlobKey key, long offset, long byteCount) throws IOException {
    return read(store -> store.open(key, offset, byteCount));
  }

  @Override
  public long byteCount(BlobKey key) throws IOException {
    return read(store -> store.byteCount(key));
  }

  @Override
  public void delete(BlobKey key) throws IOException {
    BlobStore old = source;
    if (old != null) {
      old.delete(key);
    }
    target.delete(key);
  }

  @Override
  public void list(Consumer<StoredBlob> each) throws IOException {
    BlobStore old = source;
    if (old != null) {
      old.list(each);
    }
    target.list(each);
  }

  @Override
  public int discardIncomplete(Instant before) throws IOException {
    BlobStore old = source;
    return (old == null ? 0 : old.discardIncomplete(before)) + target.discardIncomplete(before);
  }

  @Override
  public long usableBytes() throws IOException {
    return target.usableBytes();
  }

  @Override
  public long totalBytes() throws IOException {
    return target.totalBytes();
  }

  @Override
  public void check() throws IOException {
    target.check();
    BlobStore old = source;
    if (old != null) {
      old.check();
    }
  }

  @Override
  public void checkWrites(Path folder) throws IOException {
    target.checkWrites(folder);
    BlobStore old = source;
    if (old != null) {
      old.check();
    }
  }

  @Override
  public boolean isAway() {
    BlobStore old = source;
    return target.isAway() || (old != null && old.isAway());
  }

  /** Closes both, a dropped source too. */
  @Override
  public void close() {
    for (BlobStore each : List.of(first, target)) {
      if (each instanceof AutoCloseable open) {
        try {
          open.close();
        } catch (Exception e) {
          throw new IllegalStateException("a store cannot be closed", e);
        }
      }
    }
  }
}
