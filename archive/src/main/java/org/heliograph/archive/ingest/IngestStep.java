package org.heliograph.archive.ingest;

/** The steps of an ingest between which a process may die; named for tests that kill it there. */
public enum IngestStep {
  STAGED,
  SEALED,
  BLOB_STORED,
  TRANSACTION_BEGUN,
  ROWS_WRITTEN,
  COMMITTED
}
