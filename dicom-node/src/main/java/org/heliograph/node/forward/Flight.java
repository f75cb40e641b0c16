package org.heliograph.node.forward;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.heliograph.node.link.ParcelState;
import org.jspecify.annotations.Nullable;

/**
 * A chunk under way, watched. When the connection takes no bytes for some seconds the hub is asked
 * on another one how far it is: if it moves, or the link does not answer either, nothing is lost by
 * waiting; if the hub answers and has got nothing more, the connection is dead and is given up.
 */
final class Flight {
  private static final long TICK_MILLIS = 100;
  private static final double QUIET_SECONDS = 4;
  private static final double LONGEST_DRAIN_SECONDS = 30;
  private static final long COMPARE_MILLIS = 1500;
  private static final Duration COMPARE_TIME = Duration.ofSeconds(6);

  /** Breaking off costs a new connection, so the rest of the chunk must be worth it. */
  private static final double WORTH_SECONDS = 4;

  private final HubClient client;
  private final LinkWatch watch;
  private final Line line;
  private final UUID parcel;
  private final OutgoingParcel.Next next;
  private final ChunkBody body;
  private final CompletableFuture<HttpResponse<byte[]>> sending;
  private final double bytesPerSecond;
  private final BooleanSupplier moreUrgent;
  private final Ticker ticker;
  private long hubMovedAt;

  Flight(
      HubClient client,
      LinkWatch watch,
      Line line,
      UUID parcel,
      OutgoingParcel.Next next,
      ChunkBody body,
      CompletableFuture<HttpResponse<byte[]>> sending,
      double bytesPerSecond,
      BooleanSupplier moreUrgent,
      Ticker ticker) {
    this.client = client;
    this.watch = watch;
    this.line = line;
    this.parcel = parcel;
    this.next = next;
    this.body = body;
    this.sending = sending;
    this.bytesPerSecond = bytesPerSecond;
    this.moreUrgent = moreUrgent;
    this.ticker = ticker;
    this.hubMovedAt = ticker.nanoTime();
  }

  /** The hub's answer; empty if something more urgent came. */
  Optional<ChunkAnswer> await() throws HubException, InterruptedException {
    try {
      while (true) {
        if (arrived(TICK_MILLIS)) {
          return Optional.of(HubClient.chunkAnswer(sending.get()));
        }
        if (moreUrgent.getAsBoolean() && secondsLeft() > WORTH_SECONDS) {
          return Optional.empty();
        }
        if (quietSeconds() > QUIET_SECONDS) {
          look();
        }
      }
    } catch (ExecutionException e) {
      throw Exchange.failed(e.getCause());
    } finally {
      body.breakOff();
      sending.cancel(true);
    }
  }

  private boolean arrived(long millis) throws ExecutionException, InterruptedException {
    try {
      sending.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private double secondsLeft() {
    return (body.contentLength() - body.handedOver()) / bytesPerSecond;
  }

  private double quietSeconds() {
    return (ticker.nanoTime() - Math.max(hubMovedAt, body.lastMoveAt())) / 1e9;
  }

  /** Finds out whether it is the link or this connection that is silent. */
  private void look() throws HubException, InterruptedException, ExecutionException {
    long handedOver = body.handedOver();
    var searching = new CompletableFuture<LinkWatch.Found>();
    Thread searcher =
        Thread.ofVirtual()
            .start(() -> {
              try {
                LinkWatch.Found found = watch.search(parcel);
                if (!searching.complete(found)) {
                  found.line().drop();
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      while (!searching.isDone()) {
        if (arrived(TICK_MILLIS) || body.handedOver() > handedOver) {
          hubMovedAt = ticker.nanoTime();
          return;
        }
      }
      compare(searching.get(), handedOver);
    } finally {
      searcher.interrupt();
      if (searching.cancel(true)) {
        searcher.interrupt();
      }
    }
  }

  private void compare(LinkWatch.Found found, long handedOver)
      throws HubException, InterruptedException, ExecutionException {
    boolean keep = false;
    try {
      long before = offset(found.state());
      boolean answered = arrived(COMPARE_MILLIS);
      long after =
          answered
              ? before
              : client.state(found.line(), parcel, COMPARE_TIME).map(this::offset).orElse(-1L);
      boolean moved = answered || body.handedOver() > handedOver || after > before;
      if (!moved && mayStillBeInTheBuffer(before)) {
        return;
      }
      if (moved) {
        hubMovedAt = ticker.nanoTime();
        return;
      }
      keep = true;
      watch.use(found.line());
    } finally {
      if (!keep) {
        found.line().drop();
      }
    }
    throw new HubException.NoAnswer("the connection was dead");
  }

  /** A hub that tells offsets only at a chunk's end looks still while our buffer runs empty. */
  private boolean mayStillBeInTheBuffer(long offset) {
    boolean liveOffset = offset > next.offset() && offset < next.offset() + body.contentLength();
    double drain = 2.0 * line.sendBufferBytes() / bytesPerSecond;
    return !liveOffset && quietSeconds() < QUIET_SECONDS + Math.min(LONGEST_DRAIN_SECONDS, drain);
  }

  private long offset(@Nullable ParcelState state) {
    return state == null
        ? -1
        : state.parts().stream()
            .filter(p -> p.number() == next.part().number())
            .findFirst()
            .map(ParcelState.PartState::offset)
            .orElse(-1L);
  }
}
