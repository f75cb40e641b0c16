package org.heliograph.reader.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.NoSuchBlobException;
import org.heliograph.archive.blob.SealedFile;
import org.heliograph.archive.blob.StagingFile;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.blob.StoreUnavailableException;
import org.heliograph.archive.integrity.DigestCheck;
import org.heliograph.archive.integrity.FindingKind;
import org.heliograph.archive.integrity.StoredDigest;
import org.heliograph.reader.backup.Manifest.Blobs;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Copies the blobs of a list that the target does not have yet, several at once, each through a
 * staging file and compared with its digest on the way: only what is whole reaches the target.
 */
final class BlobTransfer {
  private static final int WORKERS = 4;
  private static final int WAITING = 64;

  private final BlobStore source;
  private final BlobStore target;
  private final StagingFolder staging;
  private final Progress progress;
  private final Steps steps;
  private final AtomicLong copied = new AtomicLong();
  private final AtomicLong present = new AtomicLong();
  private final AtomicLong damaged = new AtomicLong();
  private final AtomicReference<@Nullable IOException> fault = new AtomicReference<>();

  BlobTransfer(
      BlobStore source, BlobStore target, StagingFolder staging, Progress progress, Steps steps) {
    this.source = source;
    this.target = target;
    this.staging = staging;
    this.progress = progress;
    this.steps = steps;
  }

  /**
   * How it went.
   *
   * @param present that were there already
   * @param damaged that the source does not have, or not as they were stored
   */
  record Transferred(long copied, long present, long damaged) {}

  /**
   * Copies.
   *
   * @throws IOException a store does not serve, or a disk; run again it goes on
   */
  Transferred run(Path generation, Blobs expected) throws IOException, InterruptedException {
    progress.expect(expected.count(), expected.bytes());
    Semaphore places = new Semaphore(WAITING);
    try (ExecutorService workers =
        Executors.newFixedThreadPool(WORKERS, Thread.ofVirtual().factory())) {
      BlobList.read(
          generation,
          expected,
          blob -> {
            IOException why = fault.get();
            if (why != null) {
              throw why;
            }
            places.acquire();
            workers.execute(() -> {
              try {
                one(blob);
              } catch (IOException e) {
                fault.compareAndSet(null, e);
              } catch (RuntimeException e) {
                fault.compareAndSet(null, new IOException(e));
              } finally {
                places.release();
              }
            });
          });
    }
    IOException why = fault.get();
    if (why != null) {
      throw why;
    }
    return new Transferred(copied.get(), present.get(), damaged.get());
  }

  private void one(StoredDigest blob) throws IOException {
    if (fault.get() != null) {
      return;
    }
    if (isThere(blob)) {
      present.incrementAndGet();
    } else if (copy(blob)) {
      copied.incrementAndGet();
      steps.reached("blob-copied");
    } else {
      damaged.incrementAndGet();
    }
    progress.done(blob.byteCount());
  }

  /** A blob appears under its name only whole, and is never changed. */
  private boolean isThere(StoredDigest blob) throws IOException {
    try {
      return target.byteCount(blob.key()) == blob.byteCount();
    } catch (NoSuchBlobException _) {
      return false;
    }
  }

  private boolean copy(StoredDigest blob) throws IOException {
    try (StagingFile staged = staging.create()) {
      Optional<FindingKind> found;
      try (InputStream in = source.open(blob.key())) {
        found = DigestCheck.read(in, blob, (bytes, length) -> staged.write(bytes, 0, length));
      } catch (NoSuchBlobException _) {
        return false;
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (IOException e) {
        source.check();
        return false;
      }
      if (found.isPresent()) {
        return false;
      }
      SealedFile sealed = staged.seal();
      steps.reached("blob-sealed");
      try {
        target.put(blob.key(), sealed);
      } catch (FileAlreadyExistsException _) {
        // Of another size, or the check above had found it: a store that was cut off in the middle.
        target.delete(blob.key());
        target.put(blob.key(), sealed);
      }
      return true;
    }
  }
}
