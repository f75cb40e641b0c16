package org.heliograph.archive.ingest;

/** Is told of each step as it is reached; a test fails or kills the process in it. */
public interface IngestSteps {
  IngestSteps NONE = _ -> {};

  void reached(IngestStep step);
}
