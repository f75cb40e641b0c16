package org.heliograph.reader.media;

import java.io.IOException;

/**
 * The archive takes nothing just now: disk full, store or database away. Run again, an import goes
 * on where it was.
 */
public final class ImportStoppedException extends IOException {
  private static final long serialVersionUID = 1L;

  ImportStoppedException(String message) {
    super(message);
  }
}
