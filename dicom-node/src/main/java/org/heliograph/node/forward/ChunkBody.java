package org.heliograph.node.forward;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.heliograph.node.link.Urgency;

/**
 * A range of a file as the body of a request, in small pieces that the throttle lets through. Tells
 * how far it is, and can be broken off; what was sent until then is not lost, since the hub keeps
 * it.
 */
final class ChunkBody implements HttpRequest.BodyPublisher {
  private final Path file;
  private final long from;
  private final long length;
  private final Throttle throttle;
  private final Urgency urgency;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long demand;
  private boolean cancelled;
  private volatile long handedOver;
  private volatile long lastMoveAt;
  private volatile boolean waitsForThrottle;
  private volatile boolean brokenOff;

  ChunkBody(Path file, long from, long length, Throttle throttle, Urgency urgency, Ticker ticker) {
    this.file = file;
    this.from = from;
    this.length = length;
    this.throttle = throttle;
    this.urgency = urgency;
    this.ticker = ticker;
    this.lastMoveAt = ticker.nanoTime();
  }

  @Override
  public long contentLength() {
    return length;
  }

  /** Bytes given to the connection; some may still be in its buffer. */
  long handedOver() {
    return handedOver;
  }

  /** When the connection last took bytes. */
  long lastMoveAt() {
    return waitsForThrottle ? ticker.nanoTime() : lastMoveAt;
  }

  /** Ends the request with a failure, as soon as the sending thread notices. */
  void breakOff() {
    brokenOff = true;
    cancel();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            ask(n);
          }

          @Override
          public void cancel() {
            ChunkBody.this.cancel();
          }
        });
    Thread.ofVirtual().name("chunk").start(() -> feed(subscriber));
  }

  private void feed(Flow.Subscriber<? super ByteBuffer> subscriber) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (long at = 0; at < length; ) {
        int piece = admit((int) Math.min(length - at, Throttle.PIECE_BYTES));
        if (piece == 0 || !takeDemand()) {
          throw new IOException("broken off");
        }
        ByteBuffer bytes = ByteBuffer.allocate(piece);
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, from + at + bytes.position()) < 0) {
            throw new IOException("the file is shorter than its part");
          }
        }
        subscriber.onNext(bytes.flip());
        at += piece;
        handedOver = at;
        lastMoveAt = ticker.nanoTime();
      }
      subscriber.onComplete();
    } catch (IOException e) {
      subscriber.onError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      subscriber.onError(new IOException("interrupted", e));
    }
  }

  private int admit(int most) throws InterruptedException {
    waitsForThrottle = true;
    try {
      return throttle.take(most, urgency, () -> brokenOff);
    } finally {
      waitsForThrottle = false;
      lastMoveAt = ticker.nanoTime();
    }
  }

  private void ask(long n) {
    lock.lock();
    try {
      demand += n;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void cancel() {
    lock.lock();
    try {
      cancelled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean takeDemand() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (demand == 0 && !cancelled) {
        changed.await();
      }
      demand--;
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }
}
