package org.heliograph.node.spool;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heliograph.node.link.Urgency;

/**
 * One parcel that is on its way. Its manifest and its bundles lie in {@link Spool#parcelFolder}.
 *
 * @param instances of {@link InstanceState#PREPARED} when the parcel is made; the lists do not
 *     change later, though an instance may be confirmed or parked
 * @param announced whether the hub has taken the manifest
 * @param wholeParts numbers of the parts that the hub has whole
 * @param code why it is parked, else empty
 */
public record ParcelRecord(
    UUID id,
    Urgency urgency,
    Instant closedAt,
    List<UUID> instances,
    List<UUID> documents,
    boolean announced,
    Set<Integer> wholeParts,
    String code) {
  /** A new parcel, which nobody was told about. */
  public static ParcelRecord of(
      UUID id, Urgency urgency, Instant closedAt, List<UUID> instances, List<UUID> documents) {
    return new ParcelRecord(
        id, urgency, closedAt, List.copyOf(instances), List.copyOf(documents), false, Set.of(), "");
  }
}
