package org.heliograph.dicom.net.ul;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Action;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Event;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Role;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.State;

/**
 * Sends and receives PDUs as the table of {@link UpperLayerStateMachine} allows: each PDU within
 * its deadline, aborts with the right source and reason (PS3.8 9.2, 9.3.8), and the wait for the
 * peer to close after our last word.
 */
final class PduChannel {
  private static final int MAX_ASSOCIATE_PDU_BYTES = 256 * 1024;
  private static final int MAX_SMALL_PDU_BYTES = 1024;
  private static final int MAX_UNLIMITED_PDU_BYTES = 64 << 20;
  private static final long MAX_DRAINED_BYTES = 16L << 20;

  private final Transport transport;
  private final Role role;
  private final AssociationTimeouts timeouts;
  private final int maxPduLengthBytes;
  private State state = State.STA1_IDLE;
  private volatile boolean finishing;

  PduChannel(Transport transport, Role role, AssociationTimeouts timeouts, int maxPduLengthBytes) {
    this.transport = transport;
    this.role = role;
    this.timeouts = timeouts;
    this.maxPduLengthBytes = maxPduLengthBytes;
  }

  Role role() {
    return role;
  }

  State state() {
    return state;
  }

  Caller caller() {
    return transport.caller();
  }

  /** Any thread: an end of input from now on is ours, not the peer's. */
  void finishing() {
    finishing = true;
  }

  boolean isFinishing() {
    return finishing;
  }

  /** Any thread: ends the read that waits. */
  void wake() {
    transport.wake();
  }

  /** Any thread: drops the connection without a word. */
  void cut() {
    transport.cut();
  }

  /** The owner: ends the connection. */
  void close() {
    transport.close();
  }

  /** Whether bytes, or the end, have come that nobody read yet. */
  boolean hasIncoming() {
    try {
      return transport.hasIncoming();
    } catch (IOException _) {
      return true; // read() will find out how it ended
    }
  }

  /** The same, waiting for so long. */
  boolean hasIncoming(Duration within) {
    try {
      transport.awaitPdu(System.nanoTime() + within.toNanos());
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true; // read() will find out how it ended
    }
  }

  /**
   * Reads a PDU: its first byte within one time, all of it within another; zero is "all within the
   * first".
   */
  Pdu read(Duration first, Duration whole) throws IOException {
    try {
      var firstDeadline = System.nanoTime() + first.toNanos();
      transport.awaitPdu(firstDeadline);
      var deadline = whole.isZero() ? firstDeadline : System.nanoTime() + whole.toNanos();
      var header = transport.readHeader(deadline);
      check(header);
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
    } catch (SSLException e) {
      closed();
      throw TlsSettings.failed(e);
    } catch (IOException _) {
      throw lost("the connection broke while receiving");
    }
  }

  /** The length is held to a limit before anything is made of it. */
  private void check(Transport.Header header) throws PduFormatException {
    var limit =
        switch (header.type()) {
          case 0x01, 0x02 -> MAX_ASSOCIATE_PDU_BYTES;
          case 0x04 -> maxPduLengthBytes == 0 ? MAX_UNLIMITED_PDU_BYTES : maxPduLengthBytes;
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
        sendLast(
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

  /** Moves to the next state; an event that the table has no cell for is an error of the caller. */
  Action fire(Event event) {
    var transition =
        UpperLayerStateMachine.transition(state, event, role)
            .orElseThrow(() -> new IllegalStateException(event + " in " + state));
    state = transition.next();
    return transition.action();
  }

  /** Sends one PDU within the PDU deadline. */
  void send(Pdu pdu) throws IOException {
    var bytes = PduEncoder.encode(pdu);
    write(bytes, 0, bytes.length);
  }

  /** Sends encoded P-DATA-TF PDUs within the PDU deadline. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      transport.write(bytes, offset, length, timeouts.pdu());
    } catch (IOException _) {
      throw lost("the connection broke while sending");
    }
  }

  /** An abort that the table has fired already: sent if the peer still listens, then closed. */
  private void sendLast(Pdu abort) {
    var bytes = PduEncoder.encode(abort);
    try {
      transport.write(bytes, 0, bytes.length, timeouts.artim());
    } catch (IOException _) {
      transport.close(); // the peer need not be told any more
      return;
    }
    awaitTransportClose();
  }

  /** Event 19 or its like: A-ABORT, unless the association has ended already. */
  void abortByProvider(AbortReason reason) {
    if (state == State.STA1_IDLE || state == State.STA13_AWAITING_TRANSPORT_CLOSE) {
      return;
    }
    // Sta2 says "service user" (AA-1), every other state "service provider" (AA-8)
    var action = fire(Event.INVALID_PDU);
    sendLast(action == Action.AA_1 ? Pdu.Abort.byUser() : Pdu.Abort.byProvider(reason));
  }

  /** A-ABORT by the service user in data transfer; the exception is for the caller to throw. */
  AssociationException aborted(String message) {
    if (state == State.STA6_DATA_TRANSFER) {
      fire(Event.ABORT_REQUEST);
      sendLast(Pdu.Abort.byUser());
    }
    return new AssociationException.Aborted(message);
  }

  private AssociationException lost(String message) {
    closed();
    return new AssociationException.ConnectionLost(message);
  }

  private void closed() {
    if (state != State.STA1_IDLE) {
      fire(Event.TRANSPORT_CLOSED);
    }
    transport.close();
  }

  /** A PDU the table allows but the service above does not expect now. */
  AssociationException unexpected(Pdu pdu) {
    abortByProvider(AbortReason.UNEXPECTED_PDU);
    return new AssociationException.ProtocolViolation(
        "unexpected " + pdu.getClass().getSimpleName());
  }

  /**
   * Sta13: whatever still comes is ignored (AA-6) until the peer closes (AR-5) or ARTIM ends
   * (AA-2).
   */
  void awaitTransportClose() {
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
