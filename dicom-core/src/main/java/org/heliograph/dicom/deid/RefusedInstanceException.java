package org.heliograph.dicom.deid;

/** An instance was refused, as identification would stay; the message names the reason only. */
public final class RefusedInstanceException extends RuntimeException {
  private final DeidentificationResult.Reason reason;

  RefusedInstanceException(DeidentificationResult.Reason reason) {
    super("refused: " + reason);
    this.reason = reason;
  }

  public DeidentificationResult.Reason reason() {
    return reason;
  }
}
