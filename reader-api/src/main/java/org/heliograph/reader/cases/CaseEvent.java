package org.heliograph.reader.cases;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a case's history. {@code personId} is null for what the hub did itself; {@code text}
 * is what the person wrote, {@code reason} a code. Prints no text.
 */
public record CaseEvent(
    CaseId caseId,
    long sequence,
    CaseEventKind kind,
    CaseState state,
    long version,
    Instant at,
    @Nullable UUID personId,
    String personName,
    String text,
    String reason) {
  @Override
  public String toString() {
    return "CaseEvent[" + caseId + ", " + sequence + ", " + kind + ", " + state + "]";
  }
}
