package org.heliograph.node.forward;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.heliograph.dicom.net.ul.Retry;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the queue holds, one chunk after the other on one connection. What the hub has is
 * always the hub's word: after anything unclear it is asked, so that a restart at any step, on
 * either side, costs one question.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration CONNECT = Duration.ofSeconds(4);
  private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);
  private static final Duration CONFIRM_AFTER = Duration.ofMinutes(10);
  private static final double LONGEST_PAUSE_SECONDS = 120;
  private static final int HEADER_BYTES = 900;
  private static final int LOOK_AT_FILE_AFTER = 3;

  private final HubClient client;
  private final LinkWatch watch;
  private final ParcelQueue queue;
  private final ParcelContents.Log log;
  private final Throttle throttle;
  private final SendOrder order;
  private final ChunkSize size;
  private final RandomGenerator random;
  private final long failBackNanos;
  private final Ticker ticker;
  private long cheaperTriedAt;
  private int refusals;
  private volatile @Nullable ChunkBody underWay;
  private volatile @Nullable OutgoingParcel current;
  private volatile String refusal = "";

  Sender(
      HubClient client,
      LinkWatch watch,
      ParcelQueue queue,
      ParcelContents.Log log,
      Throttle throttle,
      LinkSettings settings,
      RandomGenerator random,
      Ticker ticker) {
    this.client = client;
    this.watch = watch;
    this.queue = queue;
    this.log = log;
    this.throttle = throttle;
    this.order = new SendOrder(settings.patience());
    this.random = random;
    this.failBackNanos = settings.failBack().toNanos();
    this.size = new ChunkSize(settings.maxChunkBytes());
    this.ticker = ticker;
    this.cheaperTriedAt = ticker.nanoTime();
  }

  double bytesPerSecond() {
    return size.bytesPerSecond();
  }

  /** Bytes of this parcel that are on the way but not answered for. */
  long underWay(OutgoingParcel parcel) {
    ChunkBody body = underWay;
    return body != null && current == parcel ? body.handedOver() : 0;
  }

  String refusal() {
    return refusal;
  }

  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        step();
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.error("event=forward.bug", e);
        pause(IDLE);
      }
    }
  }

  private void step() throws InterruptedException {
    if (!watch.isUp()) {
      reconnect();
    }
    goBackToCheaper();
    long now = ticker.nanoTime();
    Optional<SendOrder.Turn> turn = order.next(queue.ready(now), now);
    if (turn.isEmpty()) {
      queue.await(IDLE);
      return;
    }
    serve(turn.get());
    long after = ticker.nanoTime();
    order.served(turn.get(), after - now, after);
  }

  /** Nothing is asked twice: the try that found the link also said how far the parcel is. */
  private void reconnect() throws InterruptedException {
    OutgoingParcel first = queue.first().orElse(null);
    LinkWatch.Found found = watch.search(first == null ? null : first.id());
    watch.use(found.line());
    ParcelState state = found.state();
    if (first != null && state != null) {
      try {
        apply(first, state);
      } catch (IOException _) {
        first.uncertain();
      }
    }
  }

  private void goBackToCheaper() throws InterruptedException {
    if (ticker.nanoTime() - cheaperTriedAt < failBackNanos) {
      return;
    }
    cheaperTriedAt = ticker.nanoTime();
    Line cheaper = watch.cheaper();
    if (cheaper != null) {
      LOG.info("event=link.back route={}", cheaper.route().name());
      watch.use(cheaper);
    }
  }

  private void serve(SendOrder.Turn turn) throws InterruptedException {
    OutgoingParcel parcel = turn.parcel();
    Line line = client.lines().current();
    current = parcel;
    try {
      OutgoingParcel.Next next = parcel.next();
      if (!parcel.certain()) {
        ask(parcel, line);
      } else if (next != null) {
        chunk(turn, line, next);
      }
      refusal = "";
    } catch (HubException.NoAnswer | HubException.NotTrusted e) {
      parcel.uncertain();
      watch.lost(line, e);
    } catch (HubException e) {
      parcel.uncertain();
      refused(parcel, e);
    } catch (IOException e) {
      parcel.uncertain();
      ownTrouble(parcel, e);
    } finally {
      underWay = null;
      current = null;
    }
  }

  private void ask(OutgoingParcel parcel, Line line)
      throws HubException, IOException, InterruptedException {
    Optional<ParcelState> state =
        parcel.known() ? client.state(line, parcel.id(), Duration.ofSeconds(60)) : Optional.empty();
    boolean announced = state.isEmpty();
    apply(parcel, announced ? client.announce(parcel.contents().manifest()) : state.orElseThrow());
    if (announced) {
      log.announced(parcel.id());
    }
    watch.contact();
    if (parcel.next() == null) {
      parcel.pauseUntil(ticker.nanoTime() + CONFIRM_AFTER.toNanos());
      parcel.uncertain();
    }
  }

  private void apply(OutgoingParcel parcel, ParcelState state) throws HubException, IOException {
    for (int lost : parcel.apply(state)) {
      LOG.warn("event=part.lost_at_hub parcel={} part={}", parcel.id(), lost);
      log.partWanted(parcel.id(), lost);
    }
  }

  private void chunk(SendOrder.Turn turn, Line line, OutgoingParcel.Next next)
      throws HubException, IOException, InterruptedException {
    OutgoingParcel parcel = turn.parcel();
    Urgency urgency = parcel.urgency();
    double seconds = turn.outOfTurn() ? ChunkSize.SHARE_SECONDS : ChunkSize.SECONDS;
    long left = next.part().lengthBytes() - next.offset();
    long length = Math.min(left, size.next(throttle.limit(urgency), seconds));
    Path file = parcel.contents().file(next.part().number());
    byte[] digest = PartDigest.of(file, next.verified(), next.offset() + length);
    var body = new ChunkBody(file, next.offset(), length, throttle, urgency, ticker);
    underWay = body;
    throttle.charge(HEADER_BYTES, urgency);
    long began = ticker.nanoTime();
    var sending =
        client.patch(line, parcel.id(), next.part().number(), next.offset(), digest, body);
    var flight =
        new Flight(
            client,
            watch,
            line,
            parcel.id(),
            next,
            body,
            sending,
            Math.min(size.bytesPerSecond(), throttle.limit(urgency)),
            () -> queue.moreUrgentThan(urgency, ticker.nanoTime()),
            ticker);
    Optional<ChunkAnswer> answer;
    try {
      answer = flight.await();
    } catch (HubException.NoAnswer e) {
      size.learnFromCut(body.handedOver(), (ticker.nanoTime() - began) / 1e9);
      throw e;
    }
    if (answer.isEmpty()) {
      parcel.uncertain();
      return;
    }
    watch.contact();
    if (answer.get() instanceof ChunkAnswer.Taken) {
      size.learn(length, (ticker.nanoTime() - began) / 1e9);
      if (client.lines().fit(size.bytesPerSecond())) {
        client.lines().use(client.lines().open(line.route(), CONNECT));
      }
    }
    take(parcel, next, length, answer.get());
  }

  private void take(
      OutgoingParcel parcel, OutgoingParcel.Next next, long length, ChunkAnswer answer)
      throws HubException, IOException {
    int number = next.part().number();
    switch (answer) {
      case ChunkAnswer.Taken(long offset, long verified) -> {
        if (offset != next.offset() + length) {
          throw new HubException.BadAnswer("took another number of bytes than there were");
        }
        parcel.move(number, offset, verified);
        parcel.wentWell();
        refusals = 0;
        if (offset == next.part().lengthBytes()) {
          parcel.whole(number);
          log.partWhole(parcel.id(), number);
        }
        if (parcel.next() == null) {
          parcel.pauseUntil(ticker.nanoTime() + CONFIRM_AFTER.toNanos());
          parcel.uncertain();
        }
      }
      case ChunkAnswer.OffsetDiffers(long offset, long verified) -> {
        parcel.move(number, offset, verified);
        backOff(parcel, "GW-OFFSET", Duration.ZERO);
      }
      case ChunkAnswer.ChecksumDiffers(long offset, long verified) -> {
        parcel.move(number, offset, verified);
        int times = backOff(parcel, "GW-CHECKSUM", Duration.ZERO);
        if (times % LOOK_AT_FILE_AFTER == 0
            && !PartDigest.isRight(parcel.contents().file(number), next.part())) {
          park(parcel, "GW-SPOOL-DAMAGED");
        }
      }
      case ChunkAnswer.Busy() -> backOff(parcel, "GW-BUSY", BUSY_PAUSE);
      case ChunkAnswer.Over() -> {
        parcel.uncertain();
        backOff(parcel, "GW-OVER", Duration.ZERO);
      }
      case ChunkAnswer.Unknown() -> {
        parcel.unknown();
        backOff(parcel, "GW-UNKNOWN", Duration.ZERO);
      }
    }
  }

  /** The first time at once, then after ever longer pauses; others are sent meanwhile. */
  private int backOff(OutgoingParcel parcel, String code, Duration atLeast) {
    int times = parcel.failed(code);
    double seconds =
        times == 1 ? 0 : Math.min(LONGEST_PAUSE_SECONDS, 0.25 * Math.pow(2, Math.min(times, 12)));
    double jittered = seconds * random.nextDouble(0.5, 1.0);
    long nanos = Math.max(atLeast.toNanos(), (long) (jittered * 1e9));
    parcel.pauseUntil(ticker.nanoTime() + nanos);
    return times;
  }

  private void refused(OutgoingParcel parcel, HubException e) throws InterruptedException {
    watch.contact();
    if (e.retry() == Retry.NEVER) {
      park(parcel, e.code());
      return;
    }
    LOG.warn("event=hub.refused parcel={} code={}", parcel.id(), e.code());
    if (e instanceof HubException.BadAnswer) {
      backOff(parcel, e.code(), Duration.ZERO);
      return;
    }
    // the hub as a whole takes nothing now, so that another parcel would fare no better
    refusal = e.code();
    backOff(parcel, e.code(), Duration.ZERO);
    refusals++;
    double seconds = Math.min(60, 0.5 * Math.pow(2, Math.min(refusals, 8)));
    long millis = (long) (1000 * seconds * random.nextDouble(0.5, 1.0));
    Duration asked = e.retryAfter();
    long most = TimeUnit.MINUTES.toMillis(5);
    ticker.sleep(Duration.ofMillis(Math.min(most, asked.isZero() ? millis : asked.toMillis())));
  }

  private void ownTrouble(OutgoingParcel parcel, IOException e) {
    boolean gone = e instanceof NoSuchFileException || e instanceof EOFException;
    LOG.warn("event=spool.unreadable parcel={} kind={}", parcel.id(), e.getClass().getSimpleName());
    if (gone) {
      park(parcel, "GW-SPOOL-DAMAGED");
    } else {
      backOff(parcel, "GW-SPOOL-READ", IDLE);
    }
  }

  private void park(OutgoingParcel parcel, String code) {
    LOG.warn("event=parcel.parked parcel={} code={}", parcel.id(), code);
    try {
      log.parked(parcel.id(), code);
      queue.remove(parcel.id());
    } catch (IOException _) {
      backOff(parcel, "GW-SPOOL-WRITE", IDLE);
    }
  }

  private void pause(Duration duration) {
    try {
      ticker.sleep(duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
