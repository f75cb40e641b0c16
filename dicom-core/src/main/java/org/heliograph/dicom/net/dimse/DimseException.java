package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.net.ul.Retry;

/**
 * A request that fails with a status while the association goes on: thrown by an SCP's handler to
 * give its answer (PS3.7 Annex C).
 */
public final class DimseException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient DimseStatus status;
  private final Retry retry;

  /** With the retry advice that the status implies. */
  public DimseException(DimseStatus status) {
    this(status, status.retry());
  }

  public DimseException(DimseStatus status, Retry retry) {
    super("DIMSE status " + status.hex());
    this.status = status;
    this.retry = retry;
  }

  /** What the response says. */
  public DimseStatus status() {
    return status;
  }

  /** Whether the same request may succeed another time. */
  public Retry retry() {
    return retry;
  }
}
