package org.heliograph.dicom.data;

import java.util.UUID;
import java.util.function.Supplier;

/** Makes UIDs that nobody else makes (PS3.5 Section 9); injected, so that tests know them. */
@FunctionalInterface
public interface UidGenerator {
  /** UIDs under 2.25 from random UUIDs (PS3.5 B.2). Thread-safe. */
  UidGenerator RANDOM = from(UUID::randomUUID);

  /** A UID that was never given before. */
  Uid next();

  /** UIDs under 2.25 from UUIDs (PS3.5 B.2); as thread-safe as their source. */
  static UidGenerator from(Supplier<UUID> uuids) {
    return () -> Uid.of(uuids.get());
  }
}
