package org.heliograph.node.emulator;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One connection through the link: two sockets, and a pump and a bounded queue for each way. */
final class Passage {
  private final Socket near;
  private final Socket far;
  private final AtomicLong upBytes = new AtomicLong();
  private final AtomicLong downBytes = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean silent;
  private volatile long firstUpAt;
  private volatile long lastUpAt;

  Passage(Socket near, Socket far) {
    this.near = near;
    this.far = far;
  }

  void run(Lane up, Lane down, LinkEmulator.Count count, Runnable whenOver) {
    Thread.ofVirtual()
        .start(() -> {
          Thread back =
              Thread.ofVirtual().start(() -> pump(far, near, down, downBytes, count.down()));
          pump(near, far, up, upBytes, count.up());
          try {
            back.join();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          whenOver.run();
        });
  }

  ConnectionTotals totals() {
    return new ConnectionTotals(firstUpAt, lastUpAt, upBytes.get(), downBytes.get());
  }

  /** Nothing passes any more, and no end is told. */
  void silence() {
    silent = true;
  }

  /** Both ends get a reset, and what was under way is lost. */
  void reset() {
    over.countDown();
    reset(near);
    reset(far);
  }

  private void pump(Socket from, Socket to, Lane lane, AtomicLong own, AtomicLong total) {
    var way = new Way(lane);
    Thread out = Thread.ofVirtual().start(() -> deliver(way, to));
    var buffer = new byte[16 * 1024];
    try {
      for (int n = read(from, buffer, lane); n >= 0; n = read(from, buffer, lane)) {
        if (silent) {
          over.await();
          return;
        }
        if (own.getAndAdd(n) == 0 && own.equals(upBytes)) {
          firstUpAt = System.nanoTime();
        }
        lastUpAt = own.equals(upBytes) ? System.nanoTime() : lastUpAt;
        total.addAndGet(n);
        way.put(new Piece(Arrays.copyOf(buffer, n), lane.pass(n)));
      }
      way.end();
      out.join();
    } catch (IOException _) {
      failed();
      way.end();
      out.interrupt();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private int read(Socket from, byte[] buffer, Lane lane) throws IOException {
    return from.getInputStream().read(buffer, 0, Math.min(buffer.length, lane.pieceBytes()));
  }

  private void deliver(Way way, Socket to) {
    try {
      for (Piece piece = way.take(); piece != null; piece = way.take()) {
        way.lane.arrive(piece.arrivesAt);
        if (!silent) {
          to.getOutputStream().write(piece.bytes);
        }
      }
      if (!silent) {
        to.shutdownOutput();
      }
    } catch (IOException _) {
      failed();
      way.end();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** One end is gone. On a link that went silent the other end does not learn of it. */
  private void failed() {
    if (!silent) {
      reset();
    }
  }

  static void reset(Socket socket) {
    try (socket) {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException _) {
      // closed already
    }
  }

  private static final class Piece {
    private final byte[] bytes;
    private final long arrivesAt;

    Piece(byte[] bytes, long arrivesAt) {
      this.bytes = bytes;
      this.arrivesAt = arrivesAt;
    }
  }

  /** What is under way in one direction: no more than the link itself holds. */
  private static final class Way {
    private final Lane lane;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private long bytes;
    private boolean ended;

    Way(Lane lane) {
      this.lane = lane;
    }

    void put(Piece piece) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (bytes > lane.bytesUnderWay() && !ended) {
          changed.await();
        }
        pieces.add(piece);
        bytes += piece.bytes.length;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Nullable Piece take() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (pieces.isEmpty() && !ended) {
          changed.await();
        }
        Piece piece = pieces.poll();
        if (piece != null) {
          bytes -= piece.bytes.length;
        }
        changed.signalAll();
        return piece;
      } finally {
        lock.unlock();
      }
    }

    void end() {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
