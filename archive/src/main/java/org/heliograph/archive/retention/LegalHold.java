package org.heliograph.archive.retention;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold: while it stands nothing of what it names is removed.
 *
 * @param studyInstanceUid of a held study, else null
 * @param patient our number of a held patient, else null
 * @param caseId of a held case, else null
 */
public record LegalHold(
    long id,
    UUID siteId,
    Scope scope,
    @Nullable String studyInstanceUid,
    @Nullable Long patient,
    @Nullable UUID caseId,
    String actor,
    String reason,
    Instant placedAt,
    @Nullable Instant releasedAt) {
  /** What is held. */
  public enum Scope {
    STUDY,
    PATIENT,
    CASE
  }

  @Override
  public String toString() {
    return "LegalHold[" + id + "]";
  }
}
