package org.heliograph.node.spool;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.heliograph.node.link.Urgency;

/** An open parcel in memory. */
final class ParcelEntry {
  final UUID id;
  final long closedAt;
  final List<UUID> instances;
  final List<UUID> documents;
  final BitSet wholeParts = new BitSet();
  Urgency urgency;
  boolean announced;
  String code = "";

  /** Those of its instances and documents that wait for a receipt. */
  int waiting;

  ParcelEntry(ParcelRecord record) {
    id = record.id();
    urgency = record.urgency();
    closedAt = record.closedAt().toEpochMilli();
    instances = record.instances();
    documents = record.documents();
  }

  ParcelRecord told() {
    return new ParcelRecord(
        id,
        urgency,
        Instant.ofEpochMilli(closedAt),
        instances,
        documents,
        announced,
        Set.copyOf(wholeParts.stream().boxed().collect(Collectors.toSet())),
        code);
  }
}
