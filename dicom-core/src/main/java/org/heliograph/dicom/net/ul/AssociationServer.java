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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Accepts associations, one virtual thread each, so that a silent peer keeps nobody waiting. */
public final class AssociationServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final Duration PAUSE_AFTER_ACCEPT_FAILURE = Duration.ofMillis(50);

  /**
   * How a server listens.
   *
   * @param port 0 asks the system for a free one
   * @param maxPduLengthBytes the longest P-DATA-TF taken, as the service announces it (PS3.8 D.1)
   * @param closeGrace how long {@link #close} lets messages in flight finish
   * @param sockets makes the listening TCP socket
   * @param tls null is plain TCP
   */
  public record Settings(
      InetAddress bindAddress,
      int port,
      int maxPduLengthBytes,
      AssociationLimits limits,
      AssociationTimeouts timeouts,
      Duration closeGrace,
      ServerSocketFactory sockets,
      @Nullable TlsSettings tls) {

    /** The usual settings: loopback, a free port, 128 KiB, 500 associations, 200 of a peer. */
    public static Settings defaults() {
      return new Settings(
          InetAddress.getLoopbackAddress(),
          0,
          128 * 1024,
          AssociationLimits.of(500, 200),
          AssociationTimeouts.defaults(),
          Duration.ofSeconds(20),
          ServerSocketFactory.getDefault(),
          null);
    }

    /** The same at another address and port. */
    public Settings at(InetAddress address, int value) {
      return new Settings(
          address, value, maxPduLengthBytes, limits, timeouts, closeGrace, sockets, tls);
    }

    /** The same with another longest P-DATA-TF. */
    public Settings maxPduLengthBytes(int value) {
      return new Settings(bindAddress, port, value, limits, timeouts, closeGrace, sockets, tls);
    }

    /** The same with other limits. */
    public Settings limits(AssociationLimits value) {
      return new Settings(
          bindAddress, port, maxPduLengthBytes, value, timeouts, closeGrace, sockets, tls);
    }

    /** The same with other time limits. */
    public Settings timeouts(AssociationTimeouts value) {
      return new Settings(
          bindAddress, port, maxPduLengthBytes, limits, value, closeGrace, sockets, tls);
    }

    /** The same with another grace. */
    public Settings closeGrace(Duration value) {
      return new Settings(
          bindAddress, port, maxPduLengthBytes, limits, timeouts, value, sockets, tls);
    }

    /** The same over TLS (PS3.15 Annex B). */
    public Settings tls(@Nullable TlsSettings value) {
      return new Settings(
          bindAddress, port, maxPduLengthBytes, limits, timeouts, closeGrace, sockets, value);
    }
  }

  /** Of all servers of the process, so that an id means one association. */
  private static final AtomicLong IDS = new AtomicLong();

  private final Settings settings;
  private final AssociationService service;
  private final ServerSocket listener;
  private final AssociationPlaces places;
  private final OpenConnections connections;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("dicom-association-", 1).factory());
  private final Map<Long, Socket> connecting = new ConcurrentHashMap<>();
  private final Map<Long, Association> established = new ConcurrentHashMap<>();
  private volatile boolean closing;

  private AssociationServer(Settings settings, AssociationService service) throws IOException {
    this.settings = settings;
    this.service = service;
    places = new AssociationPlaces(settings.limits());
    connections = new OpenConnections(settings.limits());
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
    var peer = socket.getInetAddress();
    if (!connections.tryOpen(peer)) {
      socket.close();
      return;
    }
    try {
      threads.execute(() -> connection(socket));
    } catch (RuntimeException _) {
      // shutting down
      connections.closed(peer);
      socket.close();
    }
  }

  private void connection(Socket socket) {
    var id = IDS.incrementAndGet();
    var peer = socket.getInetAddress();
    connecting.put(id, socket);
    try (socket) {
      if (!closing) {
        associate(
            id,
            Association.incoming(
                socket, settings.tls(), settings.timeouts(), settings.maxPduLengthBytes()));
      }
    } catch (IOException e) {
      service.refused(id, peer, e);
    } finally {
      connecting.remove(id);
      connections.closed(peer);
    }
  }

  private void associate(long id, Association association) throws IOException {
    var request = association.readRequest();
    var caller = association.caller();
    if (!places.tryEnter(request, caller)) {
      reject(id, association, request, RejectReason.LOCAL_LIMIT_EXCEEDED);
      return;
    }
    try {
      switch (decide(request, caller)) {
        case AssociationService.Reject(RejectReason reason) ->
            reject(id, association, request, reason);
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
      places.leave(request, caller);
    }
  }

  private void reject(
      long id, Association association, Pdu.AssociateRq request, RejectReason reason)
      throws IOException {
    service.rejected(id, request, association.peer(), reason);
    association.reject(reason);
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
    connecting.values().forEach(AssociationServer::closeQuietly);
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

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // already closing
    }
  }
}
