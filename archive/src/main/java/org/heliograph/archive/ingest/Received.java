package org.heliograph.archive.ingest;

import org.heliograph.archive.blob.StagingFile;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/** An instance that lies whole in a staging file and whose header is understood. */
@SuppressWarnings("ArrayRecordComponent")
record Received(
    StagingFile staged,
    InstanceSummary summary,
    TransferSyntaxUid transferSyntax,
    byte[] digest,
    byte[] deflatedJson,
    @Nullable FrameTable frames,
    int datasetOffset) {
  /** The same instance after its data set was copied behind another head. */
  Received movedTo(StagingFile file, int offset) {
    return new Received(file, summary, transferSyntax, digest, deflatedJson, frames, offset);
  }

  @Override
  public String toString() {
    return "Received[" + staged.byteCount() + " bytes]";
  }
}
