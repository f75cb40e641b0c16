package org.heliograph.reader.hl7;

import org.jspecify.annotations.Nullable;

/** A message is not applied, and will not be until somebody does something about it. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final String place;

  RefusedException(Refusal refusal) {
    this(refusal, "", null);
  }

  /**
   * With the place of what is wrong.
   *
   * @param place segment and field as {@code OBR-24}, never a value
   */
  RefusedException(Refusal refusal, String place) {
    this(refusal, place, null);
  }

  RefusedException(Refusal refusal, String place, @Nullable Throwable cause) {
    super(refusal.problem().code() + " " + place, cause);
    this.refusal = refusal;
    this.place = place;
  }

  Refusal refusal() {
    return refusal;
  }

  /** Segment and field, or empty. */
  String place() {
    return place;
  }
}
