package org.heliograph.node.forward;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.node.link.Urgency;

/**
 * Whose turn it is at a chunk boundary: the most urgent; among equals those whose previews wait,
 * and then the oldest. A less urgent class that has waited long gets one chunk now and then, about
 * a tenth of the link, so that nothing starves.
 */
final class SendOrder {
  private static final int SHARE = 9;
  private static final Comparator<OutgoingParcel> AMONG_EQUALS =
      Comparator.comparing((OutgoingParcel p) -> !p.previewsWait())
          .thenComparing(OutgoingParcel::since)
          .thenComparing(OutgoingParcel::id);

  /** The order in which all would be sent if nothing else came. */
  static final Comparator<OutgoingParcel> OVERALL =
      Comparator.comparing((OutgoingParcel p) -> p.urgency()).thenComparing(AMONG_EQUALS);

  private final long patienceNanos;
  private final Map<Urgency, Long> shareDue = new EnumMap<>(Urgency.class);

  SendOrder(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  /**
   * A turn.
   *
   * @param outOfTurn something more urgent waits, so the chunk should be short
   */
  record Turn(OutgoingParcel parcel, boolean outOfTurn) {}

  Optional<Turn> next(Collection<OutgoingParcel> ready, long now) {
    List<OutgoingParcel> sorted = ready.stream().sorted(OVERALL).toList();
    Map<Urgency, OutgoingParcel> first = new EnumMap<>(Urgency.class);
    sorted.forEach(p -> first.putIfAbsent(p.urgency(), p));
    shareDue.keySet().retainAll(first.keySet());
    first.keySet().forEach(u -> shareDue.putIfAbsent(u, now + patienceNanos));
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    Urgency top = sorted.getFirst().urgency();
    for (Map.Entry<Urgency, OutgoingParcel> each : first.entrySet()) {
      if (each.getKey() != top && now - due(each.getKey(), now) >= 0) {
        return Optional.of(new Turn(each.getValue(), true));
      }
    }
    return Optional.of(new Turn(sorted.getFirst(), false));
  }

  private long due(Urgency urgency, long now) {
    return shareDue.getOrDefault(urgency, now + patienceNanos);
  }

  /** Tells how long the turn took. */
  void served(Turn turn, long nanos, long now) {
    shareDue.put(turn.parcel().urgency(), now + (turn.outOfTurn() ? SHARE * nanos : patienceNanos));
  }
}
