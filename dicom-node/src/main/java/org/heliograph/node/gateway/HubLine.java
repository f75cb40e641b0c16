package org.heliograph.node.gateway;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.forward.Forwarder;
import org.heliograph.node.forward.HubAccess;
import org.heliograph.node.forward.HubClient;
import org.heliograph.node.forward.LinkProgress;
import org.heliograph.node.forward.LinkSettings;
import org.heliograph.node.forward.ReceiptKey;
import org.heliograph.node.inbox.ReturnChannel;
import org.heliograph.node.inbox.SpoolCursor;
import org.heliograph.node.lan.ConfigurationCache;
import org.heliograph.node.link.GatewayStatus;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Worker;

/** Everything that speaks to the hub, once this gateway is one of a site. */
final class HubLine implements AutoCloseable {
  private static final Duration STATUS_EVERY = Duration.ofSeconds(60);
  private static final BackOff STATUS_PAUSES =
      new BackOff(Duration.ofSeconds(30), Duration.ofMinutes(5));

  private final Closing closing;
  private final Forwarder forwarder;
  private final ReturnChannel back;
  private final String hub;

  private HubLine(Closing closing, Forwarder forwarder, ReturnChannel back, String hub) {
    this.closing = closing;
    this.forwarder = forwarder;
    this.back = back;
    this.hub = hub;
  }

  static HubLine start(
      GatewaySettings settings,
      Map<String, String> environment,
      GatewayIdentity identity,
      Stores stores,
      PeerConnections connections,
      Supplier<GatewayStatus> status,
      InstantSource clock)
      throws IOException {
    HubAccess access =
        HubAccesses.of(settings, environment, identity.hubs(), identity.pin(), identity.token());
    try (Closing closing = new Closing()) {
      HubClient client = closing.later(new HubClient(access));
      // What is not waited for holds up the stop less than what is.
      Forwarder forwarder =
          closing.later(
              new Forwarder(
                  stores.spool(),
                  DurableFiles.SYSTEM,
                  client,
                  ReceiptKey.of(identity.gateway(), identity.receiptKey()),
                  LinkSettings.USUAL.withPlan(settings.cap()),
                  clock));
      HubBridge bridge = new HubBridge(client);
      ConfigurationCache configuration =
          closing.later(
              ConfigurationCache.open(
                  settings.folder().resolve("lan"), DurableFiles.SYSTEM, clock, _ -> {}));
      ReturnChannel back =
          closing.later(
              new ReturnChannel(
                  bridge,
                  new SpoolCursor(stores.spool()),
                  new ReturnChannel.Receivers(
                      forwarder::take,
                      stores.cases(),
                      stores.inbox(),
                      stores.worklist()::versionSeen,
                      configuration::versionSeen),
                  clock));
      forwarder.start();
      stores.inbox().start(bridge, connections);
      stores.worklist().start(bridge);
      stores.steps().start(bridge);
      configuration.start(bridge);
      back.start();
      closing.later(Worker.start("status", told(client, status), STATUS_PAUSES));
      return new HubLine(
          closing.handOver(), forwarder, back, access.routes().getFirst().hub().getHost());
    }
  }

  private static Worker.Step told(HubClient client, Supplier<GatewayStatus> status) {
    return () -> {
      client.putStatus(status.get());
      return STATUS_EVERY;
    };
  }

  LinkProgress progress() {
    return forwarder.progress();
  }

  /** When the hub last answered on either way. */
  java.util.Optional<Instant> lastContact() {
    return java.util.stream.Stream.of(progress().lastContact(), back.state().lastContact())
        .flatMap(java.util.stream.Stream::ofNullable)
        .max(java.util.Comparator.naturalOrder());
  }

  String hub() {
    return hub;
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
