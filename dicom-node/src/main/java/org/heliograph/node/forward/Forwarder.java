package org.heliograph.node.forward;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.ParcelRecord;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpoolCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the spool holds to the hub: packs parcels, sends them in the order of urgency over
 * whatever link there is, and lets go of nothing before the hub has signed for it. All it knows
 * after a restart is in the spool and at the hub.
 */
public final class Forwarder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration STOP_TIME = Duration.ofSeconds(5);

  private final Spool spool;
  private final HubClient client;
  private final ReceiptKey key;
  private final Throttle throttle;
  private final ParcelQueue queue = new ParcelQueue();
  private final LinkWatch watch;
  private final Sender sender;
  private final Packer packer;
  private final List<Thread> threads = new ArrayList<>();
  private final Signal spoolChanged = new Signal();
  private volatile boolean sending;

  public Forwarder(
      Spool spool,
      DurableFiles files,
      HubClient client,
      ReceiptKey key,
      LinkSettings settings,
      InstantSource clock) {
    this.spool = spool;
    this.client = client;
    this.key = key;
    var random = new SplittableRandom();
    Ticker ticker = Ticker.SYSTEM;
    throttle = new Throttle(settings.plan(), clock, ticker);
    watch = new LinkWatch(client, clock, random.split(), queue::somethingToSend);
    packer = new Packer(spool, files, settings, clock);
    sender =
        new Sender(
            client, watch, queue, new SpoolLog(spool), throttle, settings, random.split(), ticker);
  }

  /** Begins to pack and to send, with what an earlier run left. */
  public void start() {
    spool.onChange(spoolChanged::give);
    spoolChanged.give();
    sending = true;
    threads.add(Thread.ofVirtual().name("packer").start(this::packing));
    threads.add(Thread.ofVirtual().name("sender").start(sender::run));
  }

  /** Another plan, such as one that the hub has sent. */
  public void plan(BandwidthPlan plan) {
    throttle.plan(plan);
  }

  /**
   * Takes what concerns parcels of what the hub says; other messages are left alone. What it means
   * is durable on return.
   */
  public void take(HubMessage message) throws IOException {
    switch (message) {
      case HubMessage.Receipts(_, List<Receipt> receipts) -> receipts(receipts);
      case HubMessage.PartWanted(_, UUID parcel, int part, String _) -> partWanted(parcel, part);
      case HubMessage.CaseNews _, HubMessage.ReportReady _, HubMessage.Unknown _ -> {}
    }
  }

  /** Applies those receipts whose signatures are right; it is durable on return. */
  public void receipts(List<Receipt> receipts) throws IOException {
    List<Receipt> right = receipts.stream().filter(key::isRight).toList();
    if (right.size() < receipts.size()) {
      LOG.error("event=receipt.forged count={}", receipts.size() - right.size());
    }
    if (!right.isEmpty()) {
      spool.receipts(right);
    }
  }

  /** Sends a part again from its beginning; without effect if its parcel is over. */
  public void partWanted(UUID id, int part) throws IOException {
    OutgoingParcel parcel = queue.find(id);
    if (parcel == null) {
      return;
    }
    LOG.warn("event=part.wanted parcel={} part={}", id, part);
    spool.partWanted(id, part);
    parcel.wanted(part);
    queue.wake();
  }

  /** How the link is, and what waits for it. */
  public LinkProgress progress() {
    List<ParcelProgress> parcels =
        queue.all().stream()
            .filter(p -> !p.sent())
            .sorted(SendOrder.OVERALL)
            .map(p -> p.progress(sender.underWay(p)))
            .toList();
    double rate = sender.bytesPerSecond();
    double left = parcels.stream().mapToDouble(p -> p.totalBytes() - p.sentBytes()).sum();
    String trouble = sender.refusal().isEmpty() ? watch.trouble() : sender.refusal();
    return new LinkProgress(
        state(parcels),
        client.lines().current().route().name(),
        rate,
        watch.lastContact(),
        trouble,
        parcels,
        rate <= 0 ? null : Long.valueOf((long) Math.ceil(left / rate / 60)));
  }

  private LinkProgress.State state(List<ParcelProgress> parcels) {
    if (!watch.isUp()) {
      return LinkProgress.State.DOWN;
    }
    if (!sender.refusal().isEmpty()) {
      return LinkProgress.State.REFUSED;
    }
    if (parcels.isEmpty() || !sending) {
      return LinkProgress.State.IDLE;
    }
    Urgency first = parcels.getFirst().urgency();
    return throttle.limit(first) == 0
        ? LinkProgress.State.PAUSED_BY_PLAN
        : LinkProgress.State.SENDING;
  }

  private void packing() {
    boolean waits = true;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        spoolChanged.await(waits ? LOOK : Duration.ofSeconds(30));
        waits = packer.pack();
        refresh();
      } catch (InterruptedException _) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.error("event=packing.failed kind={}", e.getClass().getSimpleName());
        waits = true;
      }
    }
  }

  /** The queue follows the spool. */
  private void refresh() throws IOException {
    List<ParcelRecord> open = spool.openParcels().stream().filter(p -> p.code().isEmpty()).toList();
    List<UUID> ids = open.stream().map(ParcelRecord::id).toList();
    for (OutgoingParcel each : queue.all()) {
      if (!ids.contains(each.id())) {
        queue.remove(each.id());
      }
    }
    for (ParcelRecord each : open) {
      OutgoingParcel known = queue.find(each.id());
      if (known == null) {
        add(each);
      } else if (known.urgency() != each.urgency()) {
        known.urgency(each.urgency());
        queue.wake();
      }
    }
  }

  private void add(ParcelRecord parcel) throws IOException {
    try {
      ParcelContents contents = SpooledContents.open(spool, parcel.id());
      queue.add(
          new OutgoingParcel(
              parcel.id(), parcel.urgency(), parcel.closedAt(), contents, parcel.wholeParts()));
    } catch (IOException _) {
      LOG.error("event=manifest.damaged parcel={}", parcel.id());
      if (parcel.announced()) {
        spool.parkedParcel(parcel.id(), SpoolCode.DAMAGED);
      } else {
        spool.dissolve(parcel.id());
      }
    }
  }

  @Override
  public void close() {
    sending = false;
    threads.forEach(Thread::interrupt);
    for (Thread each : threads) {
      try {
        each.join(STOP_TIME);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The spool's own records of how far a parcel is. */
  private record SpoolLog(Spool spool) implements ParcelContents.Log {
    @Override
    public void announced(UUID parcel) throws IOException {
      spool.announced(parcel);
    }

    @Override
    public void partWhole(UUID parcel, int part) throws IOException {
      spool.partWhole(parcel, part);
    }

    @Override
    public void partWanted(UUID parcel, int part) throws IOException {
      spool.partWanted(parcel, part);
    }

    @Override
    public void parked(UUID parcel, String code) throws IOException {
      spool.parkedParcel(parcel, code);
    }
  }
}
