package org.heliograph.archive.retention;

/** Where a removal is; a process may end at any of them. */
public enum RemovalStep {
  /** This process has taken a removal that is due. */
  CLAIMED,
  /** Rows of some instances are gone and their blobs are on the list, not committed yet. */
  ROWS_WRITTEN,
  /** The same, committed. */
  ROWS_COMMITTED,
  /** The removal has ended; blobs may be left on the list. */
  ENDED,
  /** A blob is gone and still on the list. */
  BLOB_DELETED
}
