package org.heliograph.archive.ingest;

import java.io.IOException;

/** The blob or the rows of an instance may not be durable. */
final class StoreFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  StoreFailedException(IOException cause) {
    super(cause);
  }
}
