package org.heliograph.node.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.heliograph.node.emulator.ConnectionTotals;
import org.heliograph.node.emulator.LinkEmulator;
import org.heliograph.node.emulator.LinkShape;
import org.heliograph.node.emulator.Outage;
import org.heliograph.node.forward.FakeHub.Fault;
import org.heliograph.node.link.Urgency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sender over links that are slow, far and often away. */
@Execution(ExecutionMode.CONCURRENT)
class ThinLinkIT {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
  private static final LinkShape THIN = LinkShape.ofKilobits(400, Duration.ofMillis(150));

  @TempDir Path folder;

  private static void await(BooleanSupplier state, Duration longest) throws InterruptedException {
    long until = System.nanoTime() + longest.toNanos();
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within " + longest).isLessThan(until);
      Thread.sleep(Duration.ofMillis(10));
    }
  }

  @Test
  void uses_the_link_well_and_sends_hardly_anything_twice_though_it_is_cut_again_and_again()
      throws Exception {
    int payload = 600_000;
    var parcels = new TestParcels(folder, 1);
    OutgoingParcel parcel = parcels.add(Urgency.ROUTINE, START, 40_000, payload - 40_000);
    UUID id = parcel.id();
    try (var hub = new FakeHub(() -> Fault.NONE);
        var link = LinkEmulator.to(hub.port(), THIN, 1);
        var gateway =
            new SendingGateway(
                SendingGateway.to(link.port()), parcels, LinkSettings.USUAL, Ticker.SYSTEM)) {
      gateway.queue.add(parcel);
      link.failEvery(Duration.ofSeconds(4), Duration.ofMillis(500), Outage.RESET);
      gateway.start();

      await(() -> hub.isWhole(id), Duration.ofSeconds(60));
      int cuts = link.outages();
      link.stopScript();

      parcels.assertAllAt(hub);
      assertThat(cuts).isGreaterThanOrEqualTo(2);
      assertThat(link.totals().upBytes())
          .as("bytes through the link, %d cuts", cuts)
          .isLessThanOrEqualTo((long) (1.03 * payload) + cuts * 2L * ChunkSize.SMALLEST);
      assertThat(use(link.eachConnection())).as("use of the link").isGreaterThan(0.8);
    }
  }

  /** From the first byte of each connection to its last, against what the link could have taken. */
  private static double use(List<ConnectionTotals> connections) {
    double seconds = 0;
    long bytes = 0;
    for (ConnectionTotals each : connections) {
      seconds += (each.lastUpAt() - each.firstUpAt()) / 1e9;
      bytes += each.upBytes();
    }
    return bytes / (seconds * THIN.upBytesPerSecond());
  }

  @ParameterizedTest
  @EnumSource(Outage.class)
  void goes_on_soon_after_the_links_return(Outage how) throws Exception {
    var parcels = new TestParcels(folder, 2);
    OutgoingParcel parcel = parcels.add(Urgency.ROUTINE, START, 10_000, 120_000);
    UUID id = parcel.id();
    try (var hub = new FakeHub(() -> Fault.NONE);
        var link = LinkEmulator.to(hub.port(), THIN, 1);
        var gateway =
            new SendingGateway(
                SendingGateway.to(link.port()), parcels, LinkSettings.USUAL, Ticker.SYSTEM)) {
      gateway.queue.add(parcel);
      gateway.start();
      await(() -> hub.bytes(id, 1).length > 20_000, Duration.ofSeconds(20));
      link.fail(how);
      Thread.sleep(Duration.ofSeconds(how == Outage.SILENT ? 6 : 2));
      int before = hub.bytes(id, 1).length;

      link.comeBack();

      await(() -> hub.bytes(id, 1).length > before, Duration.ofSeconds(20));
      await(() -> hub.isWhole(id), Duration.ofSeconds(40));
      parcels.assertAllAt(hub);
    }
  }

  @Test
  void finds_out_that_a_connection_is_dead_though_the_link_is_not() throws Exception {
    var parcels = new TestParcels(folder, 3);
    OutgoingParcel parcel = parcels.add(Urgency.ROUTINE, START, 10_000, 150_000);
    UUID id = parcel.id();
    try (var hub = new FakeHub(() -> Fault.NONE);
        var link = LinkEmulator.to(hub.port(), THIN, 1);
        var gateway =
            new SendingGateway(
                SendingGateway.to(link.port()), parcels, LinkSettings.USUAL, Ticker.SYSTEM)) {
      gateway.queue.add(parcel);
      gateway.start();
      await(() -> hub.bytes(id, 1).length > 20_000, Duration.ofSeconds(20));

      link.silence();

      await(() -> hub.isWhole(id), Duration.ofSeconds(40));
      parcels.assertAllAt(hub);
    }
  }

  @Test
  void goes_over_to_the_costlier_way_and_back() throws Exception {
    var parcels = new TestParcels(folder, 4);
    OutgoingParcel parcel = parcels.add(Urgency.ROUTINE, START, 10_000, 400_000);
    UUID id = parcel.id();
    try (var hub = new FakeHub(() -> Fault.NONE);
        var fibre = LinkEmulator.to(hub.port(), THIN, 1);
        var satellite = LinkEmulator.to(hub.port(), THIN, 1)) {
      List<Route> routes =
          List.of(
              new Route("satellite", URI.create("http://127.0.0.1:" + satellite.port()), null, 9),
              new Route("fibre", URI.create("http://127.0.0.1:" + fibre.port()), null, 1));
      LinkSettings settings =
          LinkSettings.USUAL.withFailBack(Duration.ofMillis(500)).withMaxChunkBytes(64 << 10);
      try (var gateway = new SendingGateway(routes, parcels, settings, Ticker.SYSTEM)) {
        gateway.queue.add(parcel);
        gateway.start();
        await(() -> hub.bytes(id, 1).length > 20_000, Duration.ofSeconds(20));
        assertThat(satellite.totals().upBytes()).isZero();

        fibre.fail(Outage.RESET);
        await(() -> satellite.totals().upBytes() > 30_000, Duration.ofSeconds(20));
        long before = fibre.totals().upBytes();
        fibre.comeBack();

        await(() -> fibre.totals().upBytes() > before + 30_000, Duration.ofSeconds(20));
        await(() -> hub.isWhole(id), Duration.ofSeconds(20));
        parcels.assertAllAt(hub);
      }
    }
  }

  @Test
  void an_emergency_breaks_off_what_is_less_urgent_and_nothing_starves() throws Exception {
    var parcels = new TestParcels(folder, 5);
    var routine = parcels.add(Urgency.ROUTINE, START, 5_000, 300_000);
    try (var hub = new FakeHub(() -> Fault.NONE);
        var link = LinkEmulator.to(hub.port(), THIN, 1);
        var gateway =
            new SendingGateway(
                SendingGateway.to(link.port()), parcels, LinkSettings.USUAL, Ticker.SYSTEM)) {
      gateway.queue.add(routine);
      gateway.start();
      await(() -> hub.bytes(routine.id(), 1).length > 20_000, Duration.ofSeconds(20));

      var emergency = parcels.add(Urgency.EMERGENCY, START.plusSeconds(9), 5_000, 30_000);
      gateway.queue.add(emergency);

      await(() -> hub.isWhole(emergency.id()), Duration.ofSeconds(20));
      assertThat(hub.isWhole(routine.id())).isFalse();
      await(() -> hub.isWhole(routine.id()), Duration.ofSeconds(40));
      parcels.assertAllAt(hub);
    }
  }
}
