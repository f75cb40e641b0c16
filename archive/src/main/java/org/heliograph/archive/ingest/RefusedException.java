package org.heliograph.archive.ingest;

/** Leaves the receiving of an instance; becomes {@link IngestResult.Refused} at its edge. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final RefusalReason reason;

  RefusedException(RefusalReason reason) {
    super(reason.comment());
    this.reason = reason;
  }

  RefusalReason reason() {
    return reason;
  }
}
