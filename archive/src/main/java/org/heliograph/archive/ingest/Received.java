package org.heliograph.archive.ingest;

import org.heliograph.archive.blob.StagingFile;
import org.jspecify.annotations.Nullable;

/** An instance that lies whole in a staging file and whose header is understood. */
@SuppressWarnings("ArrayRecordComponent")
record Received(
    StagingFile staged,
    InstanceSummary summary,
    byte[] digest,
    byte[] deflatedJson,
    @Nullable FrameTable frames,
    int datasetOffset) {
  @Override
  public String toString() {
    return "Received[" + staged.byteCount() + " bytes]";
  }
}
