package org.heliograph.archive.ingest;

import java.io.IOException;

/** Our own disk failed while the peer's bytes were still coming. */
final class StagingFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  StagingFailedException(String message) {
    super(message);
  }

  StagingFailedException(IOException cause) {
    super(cause);
  }
}
