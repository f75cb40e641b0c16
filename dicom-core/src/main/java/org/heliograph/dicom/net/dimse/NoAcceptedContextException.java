package org.heliograph.dicom.net.dimse;

import java.io.IOException;

/**
 * The peer accepted no presentation context for this SOP class and transfer syntax; the association
 * goes on.
 */
public final class NoAcceptedContextException extends IOException {
  private static final long serialVersionUID = 1L;

  NoAcceptedContextException() {
    super("no presentation context was accepted for this SOP class and transfer syntax");
  }
}
