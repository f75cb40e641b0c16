package org.heliograph.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.Urgency;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty parcels of mixed urgency on a link of virtual seconds. */
class SendOrderTest {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  private TestParcels parcels;
  private final SendOrder order = new SendOrder(Duration.ofMinutes(10));
  private final List<OutgoingParcel> waiting = new ArrayList<>();
  private long now;

  @BeforeEach
  void makeParcels() throws IOException {
    parcels = new TestParcels(folder, 1);
    for (int i = 0; i < 20; i++) {
      Urgency urgency = List.of(Urgency.values()).get((i * 7) % 3);
      waiting.add(parcels.add(urgency, START.plusSeconds(i), 10, 20, 20));
    }
  }

  private OutgoingParcel turn(long seconds) throws IOException {
    SendOrder.Turn turn = order.next(waiting, now).orElseThrow();
    now += seconds * SECOND;
    order.served(turn, seconds * SECOND, now);
    OutgoingParcel parcel = turn.parcel();
    if (!parcel.known()) {
      List<ParcelState.PartState> none = List.of();
      parcel.apply(new ParcelState(parcel.id(), none));
    }
    parcel.whole(parcel.next() == null ? 0 : parcel.next().part().number());
    if (parcel.sent()) {
      waiting.remove(parcel);
    }
    return parcel;
  }

  @Test
  void sends_the_most_urgent_first_and_among_equals_previews_and_then_the_oldest()
      throws IOException {
    List<Urgency> urgencies = new ArrayList<>();
    Map<Urgency, List<Instant>> previews = new TreeMap<>();
    while (!waiting.isEmpty()) {
      SendOrder.Turn next = order.next(waiting, now).orElseThrow();
      if (next.parcel().previewsWait()) {
        previews
            .computeIfAbsent(next.parcel().urgency(), _ -> new ArrayList<>())
            .add(next.parcel().since());
      } else {
        assertThat(waiting)
            .filteredOn(p -> p.urgency() == next.parcel().urgency())
            .noneMatch(OutgoingParcel::previewsWait);
      }
      urgencies.add(turn(1).urgency());
    }

    assertThat(urgencies).isSorted().hasSize(60);
    assertThat(previews.values()).allSatisfy(times -> assertThat(times).isSorted());
  }

  @Test
  void an_emergency_that_comes_later_is_the_next() throws IOException {
    turn(1);
    waiting.removeIf(p -> p.urgency() == Urgency.EMERGENCY);
    turn(1);
    OutgoingParcel late = parcels.add(Urgency.EMERGENCY, START.plusSeconds(999), 10);
    waiting.add(late);

    assertThat(turn(1)).isSameAs(late);
  }

  @Test
  void what_has_waited_long_gets_a_tenth_so_that_nothing_starves() throws IOException {
    var seconds = new TreeMap<Urgency, Integer>();
    for (int i = 0; i < 3000; i++) {
      // emergencies and urgent ones never end
      if (waiting.stream().noneMatch(p -> p.urgency() == Urgency.EMERGENCY)) {
        waiting.add(parcels.outgoing(anyId(), Urgency.EMERGENCY, START));
      }
      OutgoingParcel next = turn(1);
      seconds.merge(next.urgency(), 1, Integer::sum);
    }

    assertThat(waiting).allMatch(p -> p.urgency() == Urgency.EMERGENCY);
    assertThat(seconds.get(Urgency.EMERGENCY)).isGreaterThan(2900);
  }

  private UUID anyId() {
    return parcels.all.keySet().iterator().next();
  }
}
