package org.heliograph.reader.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.SealedFile;
import org.heliograph.archive.blob.StoredBlob;
import org.heliograph.archive.blob.s3.S3BlobStore;

/**
 * A store of blobs whose operations are timed: {@code heliograph.blob} by operation, store and
 * outcome. Of reading it is the time until the first byte can be read.
 */
public final class MeteredBlobStore implements BlobStore, AutoCloseable {
  private final BlobStore store;
  private final String kind;
  private final MeterRegistry registry;

  private interface Operation<T> {
    T run() throws IOException;
  }

  /**
   * @param kind of store, {@code file} or {@code s3}
   */
  public MeteredBlobStore(BlobStore store, String kind, MeterRegistry registry) {
    this.store = store;
    this.kind = kind;
    this.registry = registry;
  }

  private <T> T timed(String operation, Operation<T> work) throws IOException {
    var sample = Timer.start(registry);
    String outcome = "failed";
    try {
      T done = work.run();
      outcome = "done";
      return done;
    } finally {
      sample.stop(
          Histograms.timer("heliograph.blob")
              .tag("operation", operation)
              .tag("store", kind)
              .tag("outcome", outcome)
              .register(registry));
    }
  }

  @Override
  public void put(BlobKey key, SealedFile staged) throws IOException {
    timed(
        "put",
        () -> {
          store.put(key, staged);
          return key;
        });
  }

  @Override
  public InputStream open(BlobKey key) throws IOException {
    return timed("open", () -> store.open(key));
  }

  @Override
  public InputStream open(BlobKey key, long offset, long byteCount) throws IOException {
    return timed("open-range", () -> store.open(key, offset, byteCount));
  }

  @Override
  public long byteCount(BlobKey key) throws IOException {
    return timed("size", () -> store.byteCount(key));
  }

  @Override
  public void delete(BlobKey key) throws IOException {
    timed(
        "delete",
        () -> {
          store.delete(key);
          return key;
        });
  }

  @Override
  public void list(Consumer<StoredBlob> each) throws IOException {
    store.list(each);
  }

  @Override
  public int discardIncomplete(Instant before) throws IOException {
    return store.discardIncomplete(before);
  }

  @Override
  public long usableBytes() throws IOException {
    return store.usableBytes();
  }

  @Override
  public long totalBytes() throws IOException {
    return store.totalBytes();
  }

  @Override
  public void check() throws IOException {
    store.check();
  }

  @Override
  public void checkWrites(Path folder) throws IOException {
    store.checkWrites(folder);
  }

  @Override
  public boolean isAway() {
    return store.isAway();
  }

  @Override
  public void close() {
    if (store instanceof S3BlobStore s3) {
      s3.close();
    }
  }
}
