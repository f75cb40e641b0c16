package org.heliograph.dicom.net.ul;

import java.io.IOException;

/**
 * A PDU that cannot be decoded: event 19 of PS3.8 Table 9-10. The message names lengths and types,
 * never content.
 */
public final class PduFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final AbortReason reason;

  public PduFormatException(AbortReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What an A-ABORT about it says. */
  public AbortReason reason() {
    return reason;
  }
}
