package org.heliograph.reader.intake;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.reader.cases.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * One resumable upload. {@code view} and {@code fileName} are the sender's words; {@code digest} is
 * the SHA-256 the sender promised for the whole file, or empty. Prints none of them.
 */
record Upload(
    UUID id,
    CaseId caseId,
    UUID personId,
    long lengthBytes,
    String view,
    String fileName,
    String digest,
    State state,
    @Nullable String refusalCode,
    Instant createdAt,
    Instant expiresAt) {
  enum State {
    /** Bytes are still missing, or the photo has not been made of them yet. */
    ARRIVING,
    /** It is a photo of the case. */
    STORED,
    /** The bytes were no photo that can be taken. */
    REFUSED,
    /** The sender withdrew it, or never finished. */
    GONE
  }

  @Override
  public String toString() {
    return "Upload[" + id + ", " + lengthBytes + ", " + state + "]";
  }
}
