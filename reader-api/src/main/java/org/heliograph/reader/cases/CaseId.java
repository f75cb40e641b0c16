package org.heliograph.reader.cases;

import java.util.UUID;

/** Identifies one case; chosen by us, never by a peer. */
public record CaseId(UUID value) {
  public static CaseId of(String text) {
    return new CaseId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
