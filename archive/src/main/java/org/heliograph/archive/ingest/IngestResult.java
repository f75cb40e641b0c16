package org.heliograph.archive.ingest;

/** What became of an incoming instance. */
public sealed interface IngestResult {
  /** It survives a power cut, and the catalog lists it. */
  record Stored(InstanceRef instance) implements IngestResult {}

  /** The very same bytes were stored before; nothing changed. */
  record AlreadyStored(InstanceRef instance) implements IngestResult {}

  /** It is kept, durably, but apart from the catalog, and an alert tells a person. */
  record Quarantined(long quarantineId, QuarantineReason reason) implements IngestResult {}

  /** Nothing of it was kept. */
  record Refused(RefusalReason reason) implements IngestResult {}
}
