package org.heliograph.archive.integrity;

import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog knows of the bytes of a blob.
 *
 * @param id of the row, or 0 where the key is the row's name
 * @param sha256 of the data set, or of the whole for what is no instance
 * @param datasetOffset where it begins; null if only the blob's own head tells
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredDigest(
    BlobKey key,
    long id,
    Phase storedAs,
    UUID siteId,
    long byteCount,
    byte[] sha256,
    @Nullable Integer datasetOffset) {
  /** The tables that name blobs, in the order they are gone through. */
  public enum Phase {
    INSTANCE,
    QUARANTINE,
    KEPT,
    ENDED;

    Phase next() {
      return switch (this) {
        case INSTANCE -> QUARANTINE;
        case QUARANTINE -> KEPT;
        case KEPT, ENDED -> ENDED;
      };
    }
  }

  @Override
  public String toString() {
    return "StoredDigest[" + storedAs + " " + byteCount + " bytes]";
  }
}
