package org.heliograph.reader.cases;

/**
 * Where a case stands. The order is the usual way through; {@link CaseTransitions} has the rules.
 */
public enum CaseState {
  DRAFT,
  SUBMITTED,
  RECEIVING,
  WAITING,
  CLAIMED,
  NEEDS_INFO,
  REPORTED,
  FINAL,
  DELIVERED,
  ACKNOWLEDGED,
  AMENDED,
  REJECTED,
  CANCELLED;

  /** Whether the report is signed, so that whoever asked for it may read it. */
  public boolean hasSignedReport() {
    return switch (this) {
      case FINAL, DELIVERED, ACKNOWLEDGED, AMENDED -> true;
      case DRAFT,
          SUBMITTED,
          RECEIVING,
          WAITING,
          CLAIMED,
          NEEDS_INFO,
          REPORTED,
          REJECTED,
          CANCELLED ->
          false;
    };
  }

  /** Whether the case is handed over and its pictures are still on their way. */
  public boolean awaitsImages() {
    return this == SUBMITTED || this == RECEIVING;
  }
}
