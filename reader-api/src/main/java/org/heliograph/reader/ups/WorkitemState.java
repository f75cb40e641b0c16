package org.heliograph.reader.ups;

import java.util.Arrays;
import java.util.Optional;

/** Procedure Step State (0074,1000) of a workitem (PS3.4 CC.1.1). */
enum WorkitemState {
  SCHEDULED("SCHEDULED"),
  IN_PROGRESS("IN PROGRESS"),
  COMPLETED("COMPLETED"),
  CANCELED("CANCELED");

  private final String text;

  WorkitemState(String text) {
    this.text = text;
  }

  /** The value in a data set and in the database. */
  String text() {
    return text;
  }

  boolean isFinal() {
    return this == COMPLETED || this == CANCELED;
  }

  static Optional<WorkitemState> of(String text) {
    return Arrays.stream(values()).filter(state -> state.text.equals(text)).findFirst();
  }
}
