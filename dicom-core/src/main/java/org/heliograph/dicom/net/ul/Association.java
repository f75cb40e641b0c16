package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.SocketFactory;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Event;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Role;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.State;
import org.jspecify.annotations.Nullable;

/**
 * One DICOM association (PS3.8), driven by the table of {@link UpperLayerStateMachine}. All methods
 * are for the one thread that owns it, but {@link #finishSoon} and {@link #cut}.
 */
public final class Association implements AutoCloseable {
  private final PduChannel channel;
  private final AssociationTimeouts timeouts;
  private final Contexts contexts = new Contexts();
  private Pdu.AssociateRq request =
      new Pdu.AssociateRq(
          1, "", "", Pdu.APPLICATION_CONTEXT, List.of(), UserInformation.of(0, "", ""));
  private UserInformation peerInformation = UserInformation.of(0, "", "");
  private UserInformation answer = peerInformation;
  private volatile @Nullable MessageExchange exchange;

  private Association(PduChannel channel, AssociationTimeouts timeouts) {
    this.channel = channel;
    this.timeouts = timeouts;
  }

  /**
   * A presentation context both sides agreed on.
   *
   * @param ours what we may do in it: invoke (SCU), perform (SCP) or both
   */
  public record AcceptedContext(
      int id, String abstractSyntax, String transferSyntax, ServiceRoles ours) {}

  /**
   * Opens an association as requestor: connects, proposes, and returns once it is accepted.
   *
   * @param sockets makes the TCP socket
   * @throws AssociationException.Rejected if the peer rejects it
   */
  public static Association open(
      InetSocketAddress peer,
      Pdu.AssociateRq request,
      AssociationTimeouts timeouts,
      SocketFactory sockets)
      throws IOException {
    return open(peer, request, timeouts, sockets, null);
  }

  /**
   * The same over TLS: connecting and handshake together have the connect time limit.
   *
   * @throws AssociationException.TlsFailed if the peers do not accept each other
   */
  public static Association open(
      InetSocketAddress peer,
      Pdu.AssociateRq request,
      AssociationTimeouts timeouts,
      SocketFactory sockets,
      @Nullable TlsSettings tls)
      throws IOException {
    var start = System.nanoTime();
    var socket = sockets.createSocket();
    try {
      Transport.tune(socket);
      socket.connect(peer, Math.toIntExact(timeouts.connect().toMillis()));
      var left = timeouts.connect().minusNanos(System.nanoTime() - start);
      var transport = new Transport(socket, tls == null ? null : tls.client(socket, peer, left));
      var maxPdu = Math.toIntExact(request.userInformation().maxPduLengthBytes());
      var channel = new PduChannel(transport, Role.REQUESTOR, timeouts, maxPdu);
      var association = new Association(channel, timeouts);
      association.requestAssociation(request);
      return association;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * A connection that came in and has to send A-ASSOCIATE-RQ now, after the TLS handshake if there
   * is one.
   */
  static Association incoming(
      Socket socket, @Nullable TlsSettings tls, AssociationTimeouts timeouts, int maxPduLengthBytes)
      throws IOException {
    var transport =
        new Transport(socket, tls == null ? null : tls.server(socket, timeouts.artim()));
    var channel = new PduChannel(transport, Role.ACCEPTOR, timeouts, maxPduLengthBytes);
    channel.fire(Event.TRANSPORT_INDICATION);
    return new Association(channel, timeouts);
  }

  private void requestAssociation(Pdu.AssociateRq rq) throws IOException {
    channel.fire(Event.ASSOCIATE_REQUEST);
    channel.fire(Event.TRANSPORT_CONFIRM);
    request = rq;
    rq.contexts().forEach(contexts::propose);
    send(rq);
    switch (channel.read(timeouts.artim(), Duration.ZERO)) {
      case Pdu.AssociateAc ac -> {
        established(ac, ac.userInformation());
      }
      case Pdu.AssociateRj rj -> {
        channel.close();
        throw new AssociationException.Rejected(rj);
      }
      case Pdu other -> throw channel.unexpected(other);
    }
  }

  /** Acceptor: the whole request must come within ARTIM. */
  Pdu.AssociateRq readRequest() throws IOException {
    return switch (channel.read(timeouts.artim(), Duration.ZERO)) {
      case Pdu.AssociateRq rq -> {
        request = rq;
        for (var context : rq.contexts()) {
          if (!contexts.propose(context)) {
            throw violation("presentation context id " + context.id() + " is proposed twice");
          }
        }
        yield rq;
      }
      case Pdu other -> throw channel.unexpected(other);
    };
  }

  /** Acceptor: A-ASSOCIATE response, accepted. */
  void accept(Pdu.AssociateAc ac) throws IOException {
    channel.fire(Event.ASSOCIATE_RESPONSE_ACCEPT);
    send(ac);
    established(ac, request.userInformation());
  }

  /**
   * Acceptor: A-ASSOCIATE response, rejected; returns when the peer has closed or ARTIM has run
   * out.
   */
  void reject(RejectReason reason) throws IOException {
    channel.fire(Event.ASSOCIATE_RESPONSE_REJECT);
    send(reason.toPdu());
    channel.awaitTransportClose();
  }

  private void established(Pdu.AssociateAc ac, UserInformation ofPeer) {
    peerInformation = ofPeer;
    answer = ac.userInformation();
    contexts.established(request, ac, channel.role());
    exchange = new MessageExchange(channel, timeouts, peerInformation.maxPduLengthBytes());
  }

  public String callingAe() {
    return request.callingAe();
  }

  public String calledAe() {
    return request.calledAe();
  }

  public InetAddress peer() {
    return channel.caller().address();
  }

  public AssociationTimeouts timeouts() {
    return timeouts;
  }

  /** What the peer told of itself. */
  public UserInformation peerInformation() {
    return peerInformation;
  }

  /**
   * What SOP class extended negotiation agreed on: the acceptor's answer, on both sides (PS3.7
   * D.3.3.5).
   */
  public Optional<ByteBuffer> extendedNegotiation(String sopClass) {
    return answer.extended(sopClass);
  }

  /** Where the peer is, and how TLS knows it. */
  public Caller caller() {
    return channel.caller();
  }

  /** The contexts in force, by id. */
  public Map<Integer, AcceptedContext> acceptedContexts() {
    return contexts.accepted();
  }

  /** The context in force under an id, or null. */
  public @Nullable AcceptedContext acceptedContext(int id) {
    return contexts.accepted(id);
  }

  /** How long {@link #next} waits for the first byte of a PDU, and what the wait means. */
  public enum Wait {
    /** For the peer's next message; {@link #finishSoon} ends it. */
    BETWEEN_MESSAGES,
    /** For the next fragment of a message. */
    WITHIN_MESSAGE,
    /** For the peer's answer to our message. */
    FOR_RESPONSE
  }

  /**
   * The next presentation data value, or null if the peer asks for release: then answer with {@link
   * #confirmRelease}.
   *
   * @throws AssociationException if the association has ended; nothing more can be sent then
   */
  public Pdu.@Nullable Pdv next(Wait wait) throws IOException {
    return exchange().next(wait);
  }

  /**
   * Whether {@link #next} has something to read now, without waiting: so that a long answer can see
   * between its messages that the peer has something to say, such as C-CANCEL. The end of the
   * connection counts as something.
   */
  public boolean hasIncoming() {
    return exchange().hasIncoming();
  }

  /**
   * The same, waiting for so long: whether the peer says something within the time. True too when
   * {@link #finishSoon} was called, so that the owner goes on to {@link #next}.
   */
  public boolean hasIncoming(Duration within) {
    return exchange().hasIncoming(within);
  }

  /** Sends one whole PDV stream; nothing is on the wire for sure before {@link #flush}. */
  public void send(int contextId, Pdu.Pdv.Kind kind, InputStream content) throws IOException {
    exchange().send(contextId, kind, content);
  }

  /** Sends one short PDV stream from memory. */
  public void send(int contextId, Pdu.Pdv.Kind kind, byte[] content) throws IOException {
    exchange().send(contextId, kind, content);
  }

  /** Puts what was sent on the wire. */
  public void flush() throws IOException {
    exchange().flush();
  }

  private MessageExchange exchange() {
    var established = exchange;
    if (established == null) {
      throw new IllegalStateException("the association is not established");
    }
    return established;
  }

  /** Whether there is a peer to talk to: not yet released, aborted or lost. */
  public boolean isOpen() {
    return switch (channel.state()) {
      case STA1_IDLE,
          STA2_AWAITING_ASSOCIATE_RQ,
          STA4_AWAITING_TRANSPORT,
          STA13_AWAITING_TRANSPORT_CLOSE ->
          false;
      default -> true;
    };
  }

  /** Answers the peer's A-RELEASE-RQ and waits for it to close. */
  public void confirmRelease() throws IOException {
    channel.fire(Event.RELEASE_RESPONSE);
    send(new Pdu.ReleaseRp());
    channel.awaitTransportClose();
  }

  /**
   * Asks for release and waits for the answer; a release collision is resolved as PS3.8 9.2.3 says.
   */
  public void release() throws IOException {
    channel.fire(Event.RELEASE_REQUEST);
    send(new Pdu.ReleaseRq());
    var deadline = System.nanoTime() + timeouts.artim().toNanos();
    while (channel.state() != State.STA1_IDLE
        && channel.state() != State.STA13_AWAITING_TRANSPORT_CLOSE) {
      var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      switch (channel.read(left, Duration.ZERO)) {
        case Pdu.PData _ -> {} // late data after our release request is of no use to anyone
        case Pdu.ReleaseRq _ -> {
          if (channel.role() == Role.REQUESTOR) {
            channel.fire(Event.RELEASE_RESPONSE);
            send(new Pdu.ReleaseRp());
          }
        }
        case Pdu.ReleaseRp _ -> {
          if (channel.state() == State.STA12_COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE) {
            channel.fire(Event.RELEASE_RESPONSE);
            send(new Pdu.ReleaseRp());
            channel.awaitTransportClose();
          }
        }
        case Pdu other -> throw channel.unexpected(other);
      }
    }
    channel.close();
  }

  /** A-ABORT by the service user, if there is still someone to tell; then closed. */
  public void abort() {
    if (isOpen()) {
      try {
        channel.fire(Event.ABORT_REQUEST);
        send(Pdu.Abort.byUser());
        channel.awaitTransportClose();
      } catch (IOException _) {
        // the peer need not be told any more
      }
    }
    cut();
  }

  /**
   * Aborts because the peer broke the protocol above us; the exception is for the caller to throw.
   */
  public AssociationException violation(String message) {
    channel.abortByProvider(AbortReason.INVALID_PDU_PARAMETER_VALUE);
    return new AssociationException.ProtocolViolation(message);
  }

  /** Any thread: ends the association after the message in flight, at once if there is none. */
  public void finishSoon() {
    channel.finishing();
    var established = exchange;
    if (established != null && established.isWaiting()) {
      channel.wake();
    }
  }

  /** Any thread: drops the connection without a word. */
  public void cut() {
    channel.cut();
  }

  /** Aborts if not released before. */
  @Override
  public void close() {
    abort();
  }

  private void send(Pdu pdu) throws IOException {
    var established = exchange;
    if (established != null) {
      established.flush();
    }
    channel.send(pdu);
  }
}
