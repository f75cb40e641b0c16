package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What many associations cost that do nothing. */
class IdleAssociationsTest {
  private static final int ASSOCIATIONS = 1000;
  private static final long ALLOWED_BYTES = 64L << 20;

  @Test
  void a_thousand_idle_associations_cost_at_most_64_mib() throws Exception {
    var peers = new ArrayList<ScriptedPeer>();
    try (var server =
        LoopbackServer.start(settings ->
            settings
                .limits(AssociationLimits.of(ASSOCIATIONS, ASSOCIATIONS))
                .timeouts(LoopbackServer.QUICK.withIdle(Duration.ofMinutes(2))))) {
      var before = heapInUse();
      var cost = new AtomicLong();
      var threads = ManagementFactory.getThreadMXBean().getThreadCount();
      try {
        for (var i = 0; i < ASSOCIATIONS; i++) {
          peers.add(ScriptedPeer.associate(server.port(), 16384));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> server.associations() == ASSOCIATIONS);
        await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(() -> {
              cost.set(heapInUse() - before);
              assertThat(cost.get()).isLessThan(ALLOWED_BYTES);
            });
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threads)
            .as("platform threads")
            .isLessThan(16);
      } finally {
        for (var peer : peers) {
          peer.reset();
        }
      }
    }
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
