package org.heliograph.dicom.net.ul;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import javax.net.SocketFactory;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Action;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Event;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Role;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.State;
import org.jspecify.annotations.Nullable;

/**
 * One DICOM association (PS3.8), driven by the table of {@link UpperLayerStateMachine}. All methods
 * are for the one thread that owns it, but {@link #finishSoon} and {@link #cut}.
 */
public final class Association implements AutoCloseable {
  private static final int MAX_ASSOCIATE_PDU_BYTES = 256 * 1024;
  private static final int MAX_SMALL_PDU_BYTES = 1024;
  private static final long MAX_DRAINED_BYTES = 16L << 20;
  private static final int CONTEXT_IDS = 256;

  private final Transport transport;
  private final Role role;
  private final AssociationTimeouts timeouts;
  private final int maxPduLengthBytes;
  private final Pdu.@Nullable ProposedContext[] proposed = new Pdu.ProposedContext[CONTEXT_IDS];
  private final Map<Integer, AcceptedContext> accepted = new HashMap<>();
  private final Queue<Pdu.Pdv> pending = new ArrayDeque<>();
  private State state;
  private Pdu.AssociateRq request =
      new Pdu.AssociateRq(
          1, "", "", Pdu.APPLICATION_CONTEXT, List.of(), UserInformation.of(0, "", ""));
  private UserInformation peerInformation = UserInformation.of(0, "", "");
  private @Nullable PDataWriter writer;
  private volatile boolean finishing;
  private volatile boolean waiting;

  private Association(
      Transport transport,
      Role role,
      State state,
      AssociationTimeouts timeouts,
      int maxPduLengthBytes) {
    this.transport = transport;
    this.role = role;
    this.state = state;
    this.timeouts = timeouts;
    this.maxPduLengthBytes = maxPduLengthBytes;
  }

  /** A presentation context both sides agreed on. */
  public record AcceptedContext(int id, String abstractSyntax, String transferSyntax) {}

  /**
   * Opens an association as requestor: connects, proposes, and returns once it is accepted.
   *
   * @throws AssociationException.Rejected if the peer rejects it
   */
  public static Association open(
      InetSocketAddress peer,
      Pdu.AssociateRq request,
      AssociationTimeouts timeouts,
      SocketFactory sockets)
      throws IOException {
    var socket = sockets.createSocket();
    try {
      Transport.tune(socket);
      socket.connect(peer, Math.toIntExact(timeouts.connect().toMillis()));
      var maxPdu = Math.toIntExact(request.userInformation().maxPduLengthBytes());
      var association =
          new Association(new Transport(socket), Role.REQUESTOR, State.STA1_IDLE, timeouts, maxPdu);
      association.requestAssociation(request);
      return association;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** A connection that came in and has to send A-ASSOCIATE-RQ now. */
  static Association incoming(Socket socket, AssociationTimeouts timeouts, int maxPduLengthBytes)
      throws IOException {
    var association =
        new Association(
            new Transport(socket), Role.ACCEPTOR, State.STA1_IDLE, timeouts, maxPduLengthBytes);
    association.fire(Event.TRANSPORT_INDICATION);
    return association;
  }

  private void requestAssociation(Pdu.AssociateRq rq) throws IOException {
    fire(Event.ASSOCIATE_REQUEST);
    fire(Event.TRANSPORT_CONFIRM);
    request = rq;
    rq.contexts().forEach(context -> proposed[context.id()] = context);
    send(rq);
    switch (readPdu(timeouts.artim(), Duration.ZERO)) {
      case Pdu.AssociateAc ac -> {
        established(ac);
      }
      case Pdu.AssociateRj rj -> {
        transport.close();
        throw new AssociationException.Rejected(rj);
      }
      case Pdu other -> throw unexpected(other);
    }
  }

  /** Acceptor: the whole request must come within ARTIM. */
  Pdu.AssociateRq readRequest() throws IOException {
    return switch (readPdu(timeouts.artim(), Duration.ZERO)) {
      case Pdu.AssociateRq rq -> {
        request = rq;
        for (var context : rq.contexts()) {
          if (proposed[context.id()] != null) {
            throw violation("presentation context id " + context.id() + " is proposed twice");
          }
          proposed[context.id()] = context;
        }
        yield rq;
      }
      case Pdu other -> throw unexpected(other);
    };
  }

  /** Acceptor: A-ASSOCIATE response, accepted. */
  void accept(Pdu.AssociateAc ac) throws IOException {
    fire(Event.ASSOCIATE_RESPONSE_ACCEPT);
    send(ac);
    established(ac);
    peerInformation = request.userInformation();
  }

  /**
   * Acceptor: A-ASSOCIATE response, rejected; returns when the peer has closed or ARTIM has run
   * out.
   */
  void reject(RejectReason reason) throws IOException {
    fire(Event.ASSOCIATE_RESPONSE_REJECT);
    send(reason.toPdu());
    awaitTransportClose();
  }

  private void established(Pdu.AssociateAc ac) {
    peerInformation = ac.userInformation();
    for (var result : ac.contexts()) {
      var proposal = proposed[result.id()];
      if (result.isAccepted() && proposal != null) {
        accepted.put(
            result.id(),
            new AcceptedContext(result.id(), proposal.abstractSyntax(), result.transferSyntax()));
      }
    }
  }

  public String callingAe() {
    return request.callingAe();
  }

  public String calledAe() {
    return request.calledAe();
  }

  public InetAddress peer() {
    return transport.peer();
  }

  public AssociationTimeouts timeouts() {
    return timeouts;
  }

  /** What the peer told of itself. */
  public UserInformation peerInformation() {
    return peerInformation;
  }

  /** The contexts in force, by id. */
  public Map<Integer, AcceptedContext> acceptedContexts() {
    return Map.copyOf(accepted);
  }

  /** The context in force under an id, or null. */
  public @Nullable AcceptedContext acceptedContext(int id) {
    return accepted.get(id);
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
    var ready = pending.poll();
    if (ready != null) {
      return ready;
    }
    if (wait == Wait.BETWEEN_MESSAGES) {
      waiting = true;
      if (finishing) {
        throw aborted("shutting down");
      }
    }
    try {
      var within =
          switch (wait) {
            case BETWEEN_MESSAGES -> timeouts.idle();
            case WITHIN_MESSAGE -> timeouts.gap();
            case FOR_RESPONSE -> timeouts.response();
          };
      return switch (readPdu(within, timeouts.pdu())) {
        case Pdu.PData data -> {
          pending.addAll(data.values());
          yield pending.remove();
        }
        case Pdu.ReleaseRq _ -> null;
        case Pdu other -> throw unexpected(other);
      };
    } finally {
      waiting = false;
    }
  }

  /**
   * Whether {@link #next} has something to read now, without waiting: so that a long answer can see
   * between its messages that the peer has something to say, such as C-CANCEL. The end of the
   * connection counts as something.
   */
  public boolean hasIncoming() {
    if (!pending.isEmpty()) {
      return true;
    }
    try {
      return transport.hasIncoming();
    } catch (IOException _) {
      return true; // next() will find out how it ended
    }
  }

  /** Sends one whole PDV stream; nothing is on the wire for sure before {@link #flush}. */
  public void send(int contextId, Pdu.Pdv.Kind kind, InputStream content) throws IOException {
    fire(Event.P_DATA_REQUEST);
    writer().write(contextId, kind, content);
  }

  /** Sends one short PDV stream from memory. */
  public void send(int contextId, Pdu.Pdv.Kind kind, byte[] content) throws IOException {
    fire(Event.P_DATA_REQUEST);
    writer().write(contextId, kind, content);
  }

  /** Puts what was sent on the wire. */
  public void flush() throws IOException {
    writer().flush();
  }

  private PDataWriter writer() {
    var current = writer;
    if (current == null) {
      current = new PDataWriter(peerInformation.maxPduLengthBytes(), this::writeData);
      writer = current;
    }
    return current;
  }

  private void writeData(byte[] bytes, int offset, int length) throws IOException {
    try {
      transport.write(bytes, offset, length, timeouts.pdu());
    } catch (IOException _) {
      throw lost("the connection broke while sending");
    }
  }

  /** Whether there is a peer to talk to: not yet released, aborted or lost. */
  public boolean isOpen() {
    return switch (state) {
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
    fire(Event.RELEASE_RESPONSE);
    send(new Pdu.ReleaseRp());
    awaitTransportClose();
  }

  /**
   * Asks for release and waits for the answer; a release collision is resolved as PS3.8 9.2.3 says.
   */
  public void release() throws IOException {
    fire(Event.RELEASE_REQUEST);
    send(new Pdu.ReleaseRq());
    var deadline = System.nanoTime() + timeouts.artim().toNanos();
    while (state != State.STA1_IDLE && state != State.STA13_AWAITING_TRANSPORT_CLOSE) {
      var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      switch (readPdu(left, Duration.ZERO)) {
        case Pdu.PData _ -> {} // late data after our release request is of no use to anyone
        case Pdu.ReleaseRq _ -> {
          if (role == Role.REQUESTOR) {
            fire(Event.RELEASE_RESPONSE);
            send(new Pdu.ReleaseRp());
          }
        }
        case Pdu.ReleaseRp _ -> {
          if (state == State.STA12_COLLISION_ACCEPTOR_AWAITING_LOCAL_RESPONSE) {
            fire(Event.RELEASE_RESPONSE);
            send(new Pdu.ReleaseRp());
            awaitTransportClose();
          }
        }
        case Pdu other -> throw unexpected(other);
      }
    }
    transport.close();
  }

  /** A-ABORT by the service user, if there is still someone to tell; then closed. */
  public void abort() {
    if (isOpen()) {
      try {
        fire(Event.ABORT_REQUEST);
        send(Pdu.Abort.byUser());
        awaitTransportClose();
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
    abortByProvider(AbortReason.INVALID_PDU_PARAMETER_VALUE);
    return new AssociationException.ProtocolViolation(message);
  }

  /** Any thread: ends the association after the message in flight, at once if there is none. */
  public void finishSoon() {
    finishing = true;
    if (waiting) {
      transport.wake();
    }
  }

  /** Any thread: drops the connection without a word. */
  public void cut() {
    transport.close();
  }

  /** Aborts if not released before. */
  @Override
  public void close() {
    abort();
  }

  /**
   * Reads a PDU: its first byte within one time, all of it within another; zero is "all within the
   * first".
   */
  private Pdu readPdu(Duration first, Duration whole) throws IOException {
    try {
      var firstDeadline = System.nanoTime() + first.toNanos();
      transport.awaitPdu(firstDeadline);
      var deadline = whole.isZero() ? firstDeadline : System.nanoTime() + whole.toNanos();
      var header = transport.readHeader(deadline);
      var limit =
          switch (header.type()) {
            case 0x01, 0x02 -> MAX_ASSOCIATE_PDU_BYTES;
            case 0x04 -> maxPduLengthBytes;
            default -> MAX_SMALL_PDU_BYTES;
          };
      if (header.length() > limit) {
        throw new PduFormatException(
            AbortReason.INVALID_PDU_PARAMETER_VALUE,
            "PDU of type " + header.type() + ": length " + header.length() + " exceeds " + limit);
      }
      if (header.type() < 1 || header.type() > 7) {
        throw new PduFormatException(
            AbortReason.UNRECOGNIZED_PDU, "PDU of unknown type " + header.type());
      }
      var pdu =
          PduDecoder.decode(header.type(), transport.readBody((int) header.length(), deadline));
      received(pdu);
      return pdu;
    } catch (PduFormatException e) {
      abortByProvider(e.reason());
      throw new AssociationException.ProtocolViolation(String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException _) {
      abortByProvider(AbortReason.NOT_SPECIFIED);
      throw new AssociationException.TimedOut("nothing came within the time limit");
    } catch (AssociationException e) {
      throw e;
    } catch (EOFException _) {
      if (finishing) {
        throw aborted("shutting down");
      }
      throw lost("the peer closed the connection");
    } catch (IOException _) {
      throw lost("the connection broke while receiving");
    }
  }

  private void received(Pdu pdu) throws IOException {
    var event =
        switch (pdu) {
          case Pdu.AssociateRq _ -> Event.ASSOCIATE_RQ_PDU;
          case Pdu.AssociateAc _ -> Event.ASSOCIATE_AC_PDU;
          case Pdu.AssociateRj _ -> Event.ASSOCIATE_RJ_PDU;
          case Pdu.PData _ -> Event.P_DATA_TF_PDU;
          case Pdu.ReleaseRq _ -> Event.RELEASE_RQ_PDU;
          case Pdu.ReleaseRp _ -> Event.RELEASE_RP_PDU;
          case Pdu.Abort _ -> Event.ABORT_PDU;
          case Pdu.UnknownPdu _ -> Event.INVALID_PDU;
        };
    var before = state;
    var action = fire(event);
    switch (action) {
      case AA_1, AA_8 -> {
        // the table moved on to Sta13 already, so only the sending is left
        sendQuietly(
            action == Action.AA_1
                ? Pdu.Abort.byUser()
                : Pdu.Abort.byProvider(AbortReason.UNEXPECTED_PDU));
        throw new AssociationException.ProtocolViolation("unexpected " + event + " in " + before);
      }
      case AA_2, AA_3 -> {
        transport.close();
        throw new AssociationException.AbortedByPeer(
            pdu instanceof Pdu.Abort abort ? abort : Pdu.Abort.byUser());
      }
      default -> {}
    }
  }

  private Action fire(Event event) {
    var transition =
        UpperLayerStateMachine.transition(state, event, role)
            .orElseThrow(() -> new IllegalStateException(event + " in " + state));
    state = transition.next();
    return transition.action();
  }

  private void send(Pdu pdu) throws IOException {
    if (writer != null) {
      writer.flush();
    }
    var bytes = PduEncoder.encode(pdu);
    try {
      transport.write(bytes, 0, bytes.length, timeouts.pdu());
    } catch (IOException _) {
      throw lost("the connection broke while sending");
    }
  }

  private void sendQuietly(Pdu abort) {
    var bytes = PduEncoder.encode(abort);
    try {
      transport.write(bytes, 0, bytes.length, timeouts.artim());
    } catch (IOException _) {
      transport.close(); // the peer need not be told any more
      return;
    }
    awaitTransportClose();
  }

  private void abortByProvider(AbortReason reason) {
    if (state == State.STA1_IDLE || state == State.STA13_AWAITING_TRANSPORT_CLOSE) {
      return;
    }
    // Sta2 says "service user" (AA-1), every other state "service provider" (AA-8)
    var action = fire(Event.INVALID_PDU);
    sendQuietly(action == Action.AA_1 ? Pdu.Abort.byUser() : Pdu.Abort.byProvider(reason));
  }

  private AssociationException aborted(String message) {
    if (state == State.STA6_DATA_TRANSFER) {
      fire(Event.ABORT_REQUEST);
      sendQuietly(Pdu.Abort.byUser());
    }
    return new AssociationException.Aborted(message);
  }

  private AssociationException lost(String message) {
    if (state != State.STA1_IDLE) {
      fire(Event.TRANSPORT_CLOSED);
    }
    transport.close();
    return new AssociationException.ConnectionLost(message);
  }

  private AssociationException unexpected(Pdu pdu) {
    abortByProvider(AbortReason.UNEXPECTED_PDU);
    return new AssociationException.ProtocolViolation(
        "unexpected " + pdu.getClass().getSimpleName());
  }

  /**
   * Sta13: whatever still comes is ignored (AA-6) until the peer closes (AR-5) or ARTIM ends
   * (AA-2).
   */
  private void awaitTransportClose() {
    try {
      transport.drainUntilClosed(timeouts.artim(), MAX_DRAINED_BYTES);
      fire(Event.ARTIM_EXPIRED);
    } catch (SocketTimeoutException _) {
      fire(Event.ARTIM_EXPIRED);
    } catch (IOException _) {
      fire(Event.TRANSPORT_CLOSED);
    }
    transport.close();
  }
}
