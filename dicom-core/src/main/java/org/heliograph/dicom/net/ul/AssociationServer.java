package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Accepts associations, one virtual thread each, so that a silent peer keeps nobody waiting. */
public final class AssociationServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int CONNECTIONS_BEYOND_ASSOCIATIONS = 2048;
  private static final Duration PAUSE_AFTER_ACCEPT_FAILURE = Duration.ofMillis(50);

  /**
   * How a server listens.
   *
   * @param port 0 asks the system for a free one
   */
  public record Settings(
      InetAddress bindAddress,
      int port,
      int maxPduLengthBytes,
      int maxAssociations,
      int maxAssociationsPerPeer,
      AssociationTimeouts timeouts,
      Duration closeGrace,
      ServerSocketFactory sockets) {}

  private final Settings settings;
  private final AssociationService service;
  private final ServerSocket listener;
  private final AssociationLimits limits;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("dicom-association-", 1).factory());
  private final Map<Long, Association> connecting = new ConcurrentHashMap<>();
  private final Map<Long, Association> established = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean closing;

  private AssociationServer(Settings settings, AssociationService service) throws IOException {
    this.settings = settings;
    this.service = service;
    limits = new AssociationLimits(settings.maxAssociations(), settings.maxAssociationsPerPeer());
    listener = settings.sockets().createServerSocket();
    try {
      listener.setReuseAddress(true);
      // before bind, or the TCP window cannot grow with it
      listener.setReceiveBufferSize(Transport.socketBufferBytes());
      listener.bind(new InetSocketAddress(settings.bindAddress(), settings.port()), BACKLOG);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  /** Binds and listens; associations are accepted when this returns. */
  public static AssociationServer start(Settings settings, AssociationService service)
      throws IOException {
    var server = new AssociationServer(settings, service);
    Thread.ofPlatform().daemon().name("dicom-accept").start(server::acceptAll);
    return server;
  }

  /** The port in use. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many associations are established now. */
  public int associations() {
    return established.size();
  }

  private void acceptAll() {
    while (!closing) {
      try {
        accepted(listener.accept());
      } catch (IOException _) {
        // no file descriptor left, or closing: either way not at once again
        LockSupport.parkNanos(PAUSE_AFTER_ACCEPT_FAILURE.toNanos());
      }
    }
  }

  private void accepted(Socket socket) throws IOException {
    if (connections.incrementAndGet()
        > settings.maxAssociations() + CONNECTIONS_BEYOND_ASSOCIATIONS) {
      connections.decrementAndGet();
      socket.close();
      return;
    }
    try {
      threads.execute(() -> connection(socket));
    } catch (RuntimeException _) {
      // shutting down
      connections.decrementAndGet();
      socket.close();
    }
  }

  private void connection(Socket socket) {
    var id = ids.incrementAndGet();
    var peer = socket.getInetAddress();
    try (socket) {
      var association =
          Association.incoming(socket, settings.timeouts(), settings.maxPduLengthBytes());
      connecting.put(id, association);
      if (!closing) {
        associate(id, association, peer);
      }
    } catch (IOException e) {
      service.refused(id, peer, e);
    } finally {
      connecting.remove(id);
      connections.decrementAndGet();
    }
  }

  private void associate(long id, Association association, InetAddress peer) throws IOException {
    var request = association.readRequest();
    if (!limits.tryEnter(peer)) {
      service.rejected(id, request, peer, RejectReason.LOCAL_LIMIT_EXCEEDED);
      association.reject(RejectReason.LOCAL_LIMIT_EXCEEDED);
      return;
    }
    try {
      switch (decide(request, association.caller())) {
        case AssociationService.Reject(RejectReason reason) -> {
          service.rejected(id, request, peer, reason);
          association.reject(reason);
        }
        case AssociationService.Accept accept -> {
          association.accept(
              new Pdu.AssociateAc(
                  1,
                  request.calledAe(),
                  request.callingAe(),
                  request.applicationContext(),
                  accept.contexts(),
                  accept.userInformation()));
          serve(id, association);
        }
      }
    } finally {
      limits.leave(peer);
    }
  }

  private AssociationService.Decision decide(Pdu.AssociateRq request, Caller caller) {
    if ((request.protocolVersion() & 1) == 0) {
      return new AssociationService.Reject(RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!request.applicationContext().equals(Pdu.APPLICATION_CONTEXT)) {
      return new AssociationService.Reject(RejectReason.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED);
    }
    return service.decide(request, caller);
  }

  private void serve(long id, Association association) {
    established.put(id, association);
    connecting.remove(id);
    if (closing) {
      association.finishSoon();
    }
    @Nullable Exception cause = null;
    try {
      service.serve(id, association);
    } catch (IOException | RuntimeException e) {
      cause = e;
    } finally {
      association.abort();
      established.remove(id);
      service.ended(id, association, cause);
    }
  }

  /**
   * Takes no more associations, lets messages in flight finish within the grace, then cuts what is
   * left.
   */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    try {
      listener.close();
    } catch (IOException _) {
      // already closing
    }
    threads.shutdown();
    connecting.values().forEach(Association::cut);
    established.values().forEach(Association::finishSoon);
    try {
      if (!threads.awaitTermination(settings.closeGrace().toMillis(), TimeUnit.MILLISECONDS)) {
        established.values().forEach(Association::cut);
        threads.shutdownNow();
      }
    } catch (InterruptedException _) {
      established.values().forEach(Association::cut);
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
