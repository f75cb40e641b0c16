package org.heliograph.node.spool;

import java.io.IOException;

/** Our own disk failed, or is full, while a peer's bytes were still coming. */
final class StorageFailedException extends IOException {
  private static final long serialVersionUID = 1L;
  private final boolean full;

  StorageFailedException(IOException cause) {
    super(cause);
    full = false;
  }

  /** The reserve is reached. */
  StorageFailedException() {
    super("the reserve of free space is reached");
    full = true;
  }

  boolean isFull() {
    return full;
  }
}
