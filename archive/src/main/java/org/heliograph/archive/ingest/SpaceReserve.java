package org.heliograph.archive.ingest;

import java.io.IOException;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StagingFolder;

/**
 * Keeps some space free, so that the database is never the first to run out of it and a full disk
 * can still be started from.
 */
final class SpaceReserve {
  private final StagingFolder staging;
  private final BlobStore blobs;
  private final long reserveBytes;

  SpaceReserve(StagingFolder staging, BlobStore blobs, long reserveBytes) {
    this.staging = staging;
    this.blobs = blobs;
    this.reserveBytes = reserveBytes;
  }

  /** Whether {@code byteCount} more bytes leave the reserve untouched. */
  boolean allows(long byteCount) throws IOException {
    return staging.usableBytes() - byteCount >= reserveBytes
        && blobs.usableBytes() - byteCount >= reserveBytes;
  }
}
