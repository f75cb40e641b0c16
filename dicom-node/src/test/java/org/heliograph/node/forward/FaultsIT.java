package org.heliograph.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.node.forward.FakeHub.Fault;
import org.heliograph.node.link.Urgency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that lies, forgets, breaks off and loses answers: whatever it does, all arrives once. */
class FaultsIT {
  private static final int FAULTS = 1000;
  private static final int PARCELS = 60;
  private static final List<Urgency> URGENCIES = List.of(Urgency.values());
  private static final List<Fault> ALL =
      Arrays.stream(Fault.values()).filter(f -> f != Fault.NONE).toList();
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  /** Pauses are short here, or the test would mostly wait. */
  private static final int FASTER = 40;

  private static final Ticker FAST =
      new Ticker() {
        @Override
        public long nanoTime() {
          return FASTER * System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration.dividedBy(FASTER));
        }
      };

  @TempDir Path folder;

  @Test
  void loses_doubles_and_stalls_nothing_over_a_thousand_faults() throws Exception {
    long seed = Long.getLong("heliograph.seed", System.nanoTime());
    System.out.println("FaultsIT: seed " + seed + " (-Dheliograph.seed)");
    var random = new Random(seed);
    var left = new AtomicInteger(FAULTS);
    var parcels = new TestParcels(folder, seed);
    var waiting = new ArrayList<OutgoingParcel>();
    for (int i = 0; i < PARCELS; i++) {
      Urgency urgency = URGENCIES.get(random.nextInt(3));
      waiting.add(
          parcels.add(urgency, START.plusSeconds(i), 1 + random.nextInt(30_000), size(random)));
    }

    try (var hub = new FakeHub(() -> draw(random, left))) {
      LinkSettings settings = LinkSettings.USUAL.withMaxChunkBytes(16 << 10);
      List<UUID> ids = waiting.stream().map(OutgoingParcel::id).toList();
      while (left.get() > 0 || !ids.stream().allMatch(hub::isWhole)) {
        try (var gateway =
            new SendingGateway(SendingGateway.to(hub.port()), parcels, settings, FAST)) {
          waiting.forEach(gateway.queue::add);
          gateway.start();
          long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
          int killAt = left.get() - 100 - random.nextInt(100);
          while (!ids.stream().allMatch(hub::isWhole) && left.get() > killAt) {
            assertThat(System.nanoTime()).as("stuck, seed %d", seed).isLessThan(until);
            Thread.onSpinWait();
            gateway.queue.await(Duration.ofMillis(5));
          }
        }
        // the gateway was killed; the next one knows what its log knows, and sends more if it is
        // through before all faults were met
        waiting.clear();
        if (left.get() > 0 && ids.stream().allMatch(hub::isWhole)) {
          hub.forget(ids.get(random.nextInt(PARCELS)));
          hub.lose(ids.get(random.nextInt(PARCELS)), random.nextInt(2));
        }
        for (UUID id : ids) {
          waiting.add(parcels.outgoing(id, Urgency.ROUTINE, START));
        }
      }

      parcels.assertAllAt(hub);
      assertThat(parcels.parked).isEmpty();
    }
  }

  private static int size(Random random) {
    return 20_000 + random.nextInt(60_000);
  }

  private static Fault draw(Random random, AtomicInteger left) {
    synchronized (random) {
      if (left.get() <= 0 || random.nextInt(2) > 0) {
        return Fault.NONE;
      }
      left.decrementAndGet();
      return ALL.get(random.nextInt(ALL.size()));
    }
  }
}
