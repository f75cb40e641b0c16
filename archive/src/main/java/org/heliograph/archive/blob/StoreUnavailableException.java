package org.heliograph.archive.blob;

import java.io.IOException;

/**
 * The store does not serve this just now: it does not answer, refuses, or answers nonsense. The
 * same call may succeed later. The message names the operation and the store's error code, never
 * what the store wrote.
 */
public class StoreUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message) {
    super(message);
  }
}
