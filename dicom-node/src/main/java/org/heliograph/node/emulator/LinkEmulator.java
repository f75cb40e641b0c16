package org.heliograph.node.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback address that behaves as a thin link does: a rate for each direction
 * that all connections share, latency, jitter, outages of several kinds, and counters. Buffers are
 * small, so that a sender feels the rate as it would on the real line.
 *
 * <p>The seed decides the jitter. Threads are virtual; {@link #close} resets everything.
 */
public final class LinkEmulator implements AutoCloseable {
  private static final int SOCKET_BUFFER_BYTES = 4096;
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);

  private final ServerSocket entrance;
  private final Lane up;
  private final Lane down;
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final Set<Socket> nowhere = ConcurrentHashMap.newKeySet();
  private final List<Passage> all = new CopyOnWriteArrayList<>();
  private final Count count = new Count(new AtomicLong(), new AtomicLong());
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger outages = new AtomicInteger();
  private volatile InetSocketAddress target;
  private volatile @Nullable Outage outage;
  private volatile @Nullable Thread script;
  private volatile long backAt = System.nanoTime();

  private LinkEmulator(
      ServerSocket entrance, InetSocketAddress target, LinkShape shape, long seed) {
    this.entrance = entrance;
    this.target = target;
    var random = new SplittableRandom(seed);
    Duration half = shape.roundTrip().dividedBy(2);
    up = new Lane(shape.upBytesPerSecond(), half, shape.jitter(), random.split());
    down = new Lane(shape.downBytesPerSecond(), half, shape.jitter(), random.split());
  }

  /** A link on a free port of the loopback address that leads to a port of it. */
  public static LinkEmulator to(int port, LinkShape shape, long seed) throws IOException {
    return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), shape, seed);
  }

  /** A link on a free port of the loopback address. */
  public static LinkEmulator to(InetSocketAddress target, LinkShape shape, long seed)
      throws IOException {
    var entrance = new ServerSocket();
    entrance.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
    entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    var link = new LinkEmulator(entrance, target, shape, seed);
    Thread.ofVirtual().name("link-emulator").start(link::accept);
    return link;
  }

  /** Where the near side connects to. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** Where new connections lead to from now on, such as the port of a restarted hub. */
  public void leadTo(int port) {
    target = new InetSocketAddress(target.getAddress(), port);
  }

  /** From now on the link can do this. */
  public void shape(LinkShape shape) {
    Duration half = shape.roundTrip().dividedBy(2);
    up.shape(shape.upBytesPerSecond(), half, shape.jitter());
    down.shape(shape.downBytesPerSecond(), half, shape.jitter());
  }

  /** Resets what is connected now; new connections are let through at once. */
  public void cut() {
    resetAll();
  }

  /** What is connected now goes silent for ever, untold; new connections are let through. */
  public void silence() {
    passages.forEach(Passage::silence);
  }

  /** The link fails and stays so until {@link #comeBack}. */
  public void fail(Outage how) {
    outage = how;
    outages.incrementAndGet();
    switch (how) {
      case RESET, BLACK_HOLE -> resetAll();
      case SILENT -> silence();
      case STALL -> hold(true);
    }
  }

  /** The link is up again. */
  public void comeBack() {
    backAt = System.nanoTime();
    outage = null;
    hold(false);
  }

  /**
   * Fails once in each period, for so long, until it is closed or {@link #stopScript} is called.
   * The first outage begins when the first up-time is over.
   */
  public void failEvery(Duration period, Duration length, Outage how) {
    stopScript();
    script =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  Thread.sleep(period.minus(length));
                  fail(how);
                  Thread.sleep(length);
                  comeBack();
                }
              } catch (InterruptedException _) {
                comeBack();
              }
            });
  }

  /** Ends {@link #failEvery} and any outage. */
  public void stopScript() {
    Thread running = script;
    script = null;
    if (running != null) {
      running.interrupt();
    }
    comeBack();
  }

  /** All that went through since it was made. */
  public LinkTotals totals() {
    return new LinkTotals(connections.get(), count.up().get(), count.down().get());
  }

  /** Each connection that was let through, in order. */
  public List<ConnectionTotals> eachConnection() {
    return all.stream().map(Passage::totals).toList();
  }

  /** How often it failed, other than by {@link #cut} and {@link #silence}. */
  public int outages() {
    return outages.get();
  }

  /** {@link System#nanoTime} of the last return. */
  public long backAt() {
    return backAt;
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket near = entrance.accept();
        Thread.ofVirtual().start(() -> admit(near));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void admit(Socket near) {
    try {
      near.setTcpNoDelay(true);
      near.setSendBufferSize(SOCKET_BUFFER_BYTES);
      Outage failing = outage;
      if (failing == Outage.RESET) {
        Passage.reset(near);
        return;
      }
      if (failing == Outage.SILENT || failing == Outage.BLACK_HOLE) {
        nowhere.add(near);
        return;
      }
      // the handshake of TCP costs a round trip, which loopback does not have
      up.travel();
      down.travel();
      var far = new Socket();
      far.setTcpNoDelay(true);
      far.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
      far.setSendBufferSize(SOCKET_BUFFER_BYTES);
      far.connect(target, (int) CONNECT_TIME.toMillis());
      var passage = new Passage(near, far);
      passages.add(passage);
      all.add(passage);
      connections.incrementAndGet();
      if (entrance.isClosed() || outage == Outage.RESET || outage == Outage.BLACK_HOLE) {
        passage.reset();
      } else if (outage == Outage.SILENT) {
        passage.silence();
      }
      passage.run(up, down, count, () -> passages.remove(passage));
    } catch (IOException _) {
      Passage.reset(near);
    } catch (InterruptedException _) {
      Passage.reset(near);
      Thread.currentThread().interrupt();
    }
  }

  private void hold(boolean on) {
    up.hold(on);
    down.hold(on);
  }

  private void resetAll() {
    passages.forEach(Passage::reset);
    nowhere.forEach(Passage::reset);
    nowhere.clear();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    stopScript();
    resetAll();
  }

  /** Sums over all connections. */
  record Count(AtomicLong up, AtomicLong down) {}
}
