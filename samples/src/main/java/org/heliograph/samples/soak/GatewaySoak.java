package org.heliograph.samples.soak;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.heliograph.node.emulator.LinkEmulator;
import org.heliograph.node.emulator.LinkShape;
import org.heliograph.node.emulator.Outage;
import org.heliograph.reader.sites.Site;
import org.heliograph.samples.gateway.GatewayBox;
import org.heliograph.samples.gateway.HubBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Modalities that send, a gateway, a link and a hub, all real processes, and thousands of faults at
 * random moments. At the end the link is let heal, and everything that was acknowledged must be at
 * the hub once, unchanged, with nothing left waiting.
 */
public final class GatewaySoak {
  private static final LinkShape SHAPE = LinkShape.ofKilobits(8_000, Duration.ofMillis(20));
  private static final int MODALITIES = 4;
  private static final Duration DRAIN = Duration.ofMinutes(10);
  private static final int SAY_EVERY = 500;

  private final long seed;
  private final SplittableRandom random;
  private final Consumer<String> progress;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final HubBox hub;
  private final GatewayBox gateway;
  private final LinkEmulator link;

  private GatewaySoak(Path folder, long seed, Consumer<String> progress) throws IOException {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.progress = progress;
    this.hub = HubBox.in(folder.resolve("hub"), "512m");
    hub.start();
    Site site = hub.addSite("SOAK");
    this.link = LinkEmulator.to(hub.httpPort(), SHAPE, seed);
    String address = "http://127.0.0.1:" + link.port();
    this.gateway =
        GatewayBox.in(
            folder.resolve("gateway"), address, hub.enrolmentCode(site, address), List.of());
  }

  /** What may happen, and how often in a thousand. */
  enum Fault {
    CUT(560),
    SILENCE(120),
    OUTAGE_RESET(120),
    OUTAGE_BLACK_HOLE(60),
    STALL(100),
    /** The gateway is killed and started again. */
    GATEWAY_KILLED(30),
    /** The hub is killed and started again; its database runs on. */
    HUB_KILLED(10);

    private final int share;

    Fault(int share) {
      this.share = share;
    }
  }

  /**
   * What came of a run.
   *
   * @param waiting that the gateway still had when the time to drain was over
   * @param parked that a person would have to look at
   */
  public record Outcome(
      long seed,
      Map<String, Integer> faults,
      int repeats,
      SoakCheck check,
      long waiting,
      long parked,
      Duration time) {
    public Outcome {
      faults = Map.copyOf(faults);
    }

    public boolean isGood() {
      return check.isGood() && waiting == 0 && parked == 0;
    }
  }

  /** Runs until so many faults were done. */
  public static Outcome run(Path folder, long seed, int faults, Consumer<String> progress)
      throws IOException {
    Files.createDirectories(folder);
    long began = System.nanoTime();
    var soak = new GatewaySoak(folder, seed, progress);
    try (soak.hub;
        soak.link;
        soak.gateway) {
      soak.gateway.start();
      List<SoakModality> modalities = new ArrayList<>();
      for (int i = 0; i < MODALITIES; i++) {
        modalities.add(new SoakModality(seed, soak.gateway.dicomPort(), "SOAK" + i, i, MODALITIES));
      }
      for (int i = 1; i <= faults; i++) {
        soak.fault();
        if (i % SAY_EVERY == 0) {
          progress.accept(i + " faults");
        }
      }
      return soak.end(modalities, began);
    }
  }

  private void fault() throws IOException {
    pause(random.nextInt(20, 200));
    Fault fault = draw();
    done.merge(fault, 1, Integer::sum);
    switch (fault) {
      case CUT -> link.cut();
      case SILENCE -> link.silence();
      case OUTAGE_RESET -> outage(Outage.RESET);
      case OUTAGE_BLACK_HOLE -> outage(Outage.BLACK_HOLE);
      case STALL -> outage(Outage.STALL);
      case GATEWAY_KILLED -> {
        gateway.kill();
        gateway.start();
      }
      case HUB_KILLED -> {
        hub.kill();
        hub.start();
      }
    }
  }

  private Fault draw() {
    int left = random.nextInt(1000);
    for (Fault fault : Fault.values()) {
      left -= fault.share;
      if (left < 0) {
        return fault;
      }
    }
    return Fault.CUT;
  }

  private void outage(Outage how) throws IOException {
    link.fail(how);
    pause(random.nextInt(10, 400));
    link.comeBack();
  }

  private Outcome end(List<SoakModality> modalities, long began) throws IOException {
    BitSet acknowledged = new BitSet();
    int repeats = 0;
    for (SoakModality modality : modalities) {
      try {
        modality.finish();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
      acknowledged.or(modality.acknowledged());
      repeats += modality.repeats();
    }
    progress.accept("the link heals; " + acknowledged.cardinality() + " images acknowledged");
    JsonNode waiting = drain();
    progress.accept("looking for them at the hub");
    SoakCheck check = SoakCheck.of(hub, seed, acknowledged);
    Map<String, Integer> faults = new java.util.HashMap<>();
    done.forEach((fault, count) -> faults.put(fault.name().toLowerCase(Locale.ROOT), count));
    return new Outcome(
        seed,
        faults,
        repeats,
        check,
        waiting.path("instances").asLong(),
        waiting.path("parked").asLong()
            + waiting.path("quarantined").asLong()
            + waiting.path("damaged").asLong(),
        Duration.ofNanos(System.nanoTime() - began));
  }

  private JsonNode drain() throws IOException {
    long until = System.nanoTime() + DRAIN.toNanos();
    while (true) {
      @Nullable JsonNode status = gateway.status();
      if (status != null
          && (status.path("waiting").path("instances").asLong(-1) == 0
              || System.nanoTime() > until)) {
        return status.path("waiting");
      }
      if (System.nanoTime() > until) {
        throw new IOException("the gateway does not answer");
      }
      pause(500);
    }
  }

  private static void pause(int millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
