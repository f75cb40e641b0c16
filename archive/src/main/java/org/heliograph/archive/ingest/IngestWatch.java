package org.heliograph.archive.ingest;

import java.time.Duration;

/** Told of each ingest when it has ended; must be quick and throw nothing. */
@FunctionalInterface
public interface IngestWatch {
  IngestWatch NONE = (origin, result, byteCount, took) -> {};

  /**
   * One instance was ingested or refused.
   *
   * @param origin as {@link Incoming#origin()} tells it; may name an AE title
   * @param byteCount the size of its data set and head; 0 where it was not received whole
   * @param took from the first byte until it was durable, the peer's pace included
   */
  void ingested(String origin, IngestResult result, long byteCount, Duration took);
}
