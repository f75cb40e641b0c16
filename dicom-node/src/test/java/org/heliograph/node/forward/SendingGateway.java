package org.heliograph.node.forward;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** A gateway's sender without its spool: it can be killed, and another begun. */
final class SendingGateway implements AutoCloseable {
  final ParcelQueue queue = new ParcelQueue();
  final HubClient client;
  final LinkWatch watch;
  final Sender sender;
  final Throttle throttle;
  private final Thread thread;

  SendingGateway(List<Route> routes, ParcelContents.Log log, LinkSettings settings, Ticker ticker) {
    client = new HubClient(new HubAccess(routes, "hgg_test", "", null, null));
    InstantSource clock = InstantSource.system();
    var random = new SplittableRandom(1);
    throttle = new Throttle(settings.plan(), clock, ticker);
    watch = new LinkWatch(client, clock, random.split(), queue::somethingToSend);
    sender = new Sender(client, watch, queue, log, throttle, settings, random.split(), ticker);
    thread = Thread.ofVirtual().unstarted(sender::run);
  }

  static List<Route> to(int port) {
    return List.of(new Route("line", URI.create("http://127.0.0.1:" + port), null, 1));
  }

  SendingGateway start() {
    thread.start();
    return this;
  }

  /** As if the process were killed: nothing is ended in an orderly way. */
  @Override
  public void close() {
    client.close();
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
