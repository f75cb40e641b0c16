package org.heliograph.archive.ingest;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/**
 * An instance whose blob is durable and whose rows are to be written. Arrays are handed on, never
 * changed.
 *
 * @param receivedDigest of what it was recoded from without loss, hexadecimal, or empty
 */
@SuppressWarnings("ArrayRecordComponent")
record PreparedInstance(
    UUID siteId,
    String origin,
    Instant receivedAt,
    InstanceSummary summary,
    TransferSyntaxUid transferSyntax,
    byte[] digest,
    String receivedDigest,
    byte[] deflatedJson,
    @Nullable FrameTable frames,
    BlobKey blob,
    long blobBytes,
    int datasetOffset) {
  @Override
  public String toString() {
    return "PreparedInstance[blob " + blob.id() + "]";
  }
}
