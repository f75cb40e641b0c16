package org.heliograph.reader.problem;

import java.io.IOException;

/**
 * An answer cannot go on after its first bytes were sent. The connection is closed, so that the
 * other side knows that the answer is not whole.
 */
public final class BrokenOffException extends IOException {
  private static final long serialVersionUID = 1L;

  public BrokenOffException(Exception cause) {
    super(cause);
  }
}
