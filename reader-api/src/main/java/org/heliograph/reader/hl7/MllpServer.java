package org.heliograph.reader.hl7;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for senders of HL7 v2. Bounded where a sender could be hostile: connections, their time,
 * and the length of a frame.
 */
final class MllpServer implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(MllpServer.class);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final long WATCH_NANOS = Duration.ofMillis(100).toNanos();

  private final ServerSocket listening;
  private final MllpLimits limits;
  private final @Nullable SSLContext tls;
  private final BiFunction<byte[], String, byte[]> messages;
  private final Set<MllpConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean running = true;

  private MllpServer(
      ServerSocket listening,
      MllpLimits limits,
      @Nullable SSLContext tls,
      BiFunction<byte[], String, byte[]> messages) {
    this.listening = listening;
    this.limits = limits;
    this.tls = tls;
    this.messages = messages;
  }

  /**
   * Binds and listens.
   *
   * @param tls null is plain TCP
   * @param messages takes a content and the peer's address and gives the answer
   */
  static MllpServer start(
      InetSocketAddress address,
      MllpLimits limits,
      @Nullable SSLContext tls,
      BiFunction<byte[], String, byte[]> messages)
      throws IOException {
    var listening = new ServerSocket();
    try {
      listening.setReuseAddress(true);
      listening.bind(address);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    var server = new MllpServer(listening, limits, tls, messages);
    Thread.ofVirtual().name("hl7-listen").start(server::listen);
    Thread.ofVirtual().name("hl7-watch").start(server::watch);
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void listen() {
    while (running) {
      try {
        take(listening.accept());
      } catch (IOException e) {
        if (running) {
          log.warn("event=hl7.accept.failed fault={}", e.getClass().getSimpleName());
          LockSupport.parkNanos(WATCH_NANOS);
        }
      }
    }
  }

  private void take(Socket socket) throws IOException {
    var connection = new MllpConnection(socket, limits, messages);
    long ofPeer =
        connections.stream().filter(other -> other.peer().equals(connection.peer())).count();
    if (connections.size() >= limits.connections() || ofPeer >= limits.connectionsPerPeer()) {
      log.warn("event=hl7.connection.refused peer={} reason=too-many", connection.peer());
      connection.close();
      return;
    }
    socket.setTcpNoDelay(true);
    connections.add(connection);
    Thread.ofVirtual().name("hl7-connection").start(() -> serve(connection, socket));
  }

  private void serve(MllpConnection connection, Socket socket) {
    try (connection) {
      connection.serve(secured(socket));
    } catch (IOException e) {
      log.info(
          "event=hl7.connection.ended peer={} cause={}",
          connection.peer(),
          e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      log.error(
          "event=hl7.connection.failed peer={} cause={}",
          connection.peer(),
          e.getClass().getName());
    } finally {
      connections.remove(connection);
    }
  }

  private Socket secured(Socket socket) throws IOException {
    if (tls == null) {
      return socket;
    }
    var secured =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    secured.startHandshake();
    return secured;
  }

  private void watch() {
    while (running) {
      long now = System.nanoTime();
      for (MllpConnection connection : connections) {
        if (connection.isOverdue(now)) {
          log.info("event=hl7.connection.overdue peer={}", connection.peer());
          connection.close();
        }
      }
      LockSupport.parkNanos(WATCH_NANOS);
    }
  }

  /** Takes no more senders, answers the messages in hand, and closes. */
  @Override
  public void close() throws IOException {
    running = false;
    listening.close();
    connections.forEach(MllpConnection::stop);
    long until = System.nanoTime() + DRAIN.toNanos();
    while (!connections.isEmpty() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(WATCH_NANOS / 10);
    }
    connections.forEach(MllpConnection::close);
  }
}
