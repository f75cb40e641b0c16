package org.heliograph.reader.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP link in between that can go silent without closing, be cut, and lead elsewhere later. */
final class FaultyLink implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket entrance;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flowing = lock.newCondition();
  private boolean held;
  private volatile int target;

  FaultyLink(int target) throws IOException {
    this.target = target;
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Where new connections lead to from now on. */
  void leadTo(int port) {
    target = port;
  }

  /** While held nothing passes, and nobody is told: a cable that was pulled out. */
  void hold(boolean on) {
    lock.lock();
    try {
      held = on;
      flowing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Resets what is connected now. */
  void cut() {
    for (Socket end : ends) {
      reset(end);
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket near = entrance.accept();
        ends.add(near);
        Thread.ofVirtual().start(() -> join(near));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void join(Socket near) {
    try {
      passWhenFlowing();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      ends.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(far, near));
      pump(near, far);
    } catch (IOException _) {
      reset(near);
    } catch (InterruptedException _) {
      reset(near);
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[BUFFER_BYTES];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        passWhenFlowing();
        to.getOutputStream().write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException _) {
      reset(from);
      reset(to);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void passWhenFlowing() throws InterruptedException {
    lock.lock();
    try {
      while (held) {
        flowing.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void reset(Socket socket) {
    ends.remove(socket);
    try (socket) {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException _) {
      // closed already
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    hold(false);
    cut();
  }
}
