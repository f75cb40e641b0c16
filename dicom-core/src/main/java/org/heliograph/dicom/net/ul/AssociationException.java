package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.util.Locale;

/**
 * An association that was refused or ended early. Messages name codes and limits, never content.
 */
public sealed class AssociationException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Retry retry;

  private AssociationException(String message, Retry retry) {
    super(message);
    this.retry = retry;
  }

  /** Whether to open another association for what this one did not do. */
  public final Retry retry() {
    return retry;
  }

  /** A stable word for logs and queues, such as {@code TIMED_OUT}. */
  public final String code() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toUpperCase(Locale.ROOT);
  }

  /** The peer answered A-ASSOCIATE-RJ; worth another try if it is transient. */
  public static final class Rejected extends AssociationException {
    private static final long serialVersionUID = 1L;

    private final int result;
    private final int source;
    private final int reason;

    Rejected(Pdu.AssociateRj rj) {
      super(
          "association rejected: " + rj.result() + "/" + rj.source() + "/" + rj.reason(),
          rj.isTransient() ? Retry.LATER : Retry.NEVER);
      result = rj.result();
      source = rj.source();
      reason = rj.reason();
    }

    /** Result, source and reason of PS3.8 9.3.4. */
    public Pdu.AssociateRj pdu() {
      return new Pdu.AssociateRj(result, source, reason);
    }
  }

  /** The peer sent A-ABORT. */
  public static final class AbortedByPeer extends AssociationException {
    private static final long serialVersionUID = 1L;

    AbortedByPeer(Pdu.Abort abort) {
      super(
          "aborted by the peer: source " + abort.source() + ", reason " + abort.reason(),
          Retry.LATER);
    }
  }

  /** The connection was lost. */
  public static final class ConnectionLost extends AssociationException {
    private static final long serialVersionUID = 1L;

    ConnectionLost(String message) {
      super(message, Retry.NOW);
    }
  }

  /**
   * TLS refused the peer, or the peer us: a certificate that is missing, expired or of nobody we
   * trust, no common version or cipher suite, or a peer that does not speak TLS.
   */
  public static final class TlsFailed extends AssociationException {
    private static final long serialVersionUID = 1L;

    TlsFailed(String message) {
      super("TLS: " + message, Retry.NEVER);
    }
  }

  /** The peer broke the protocol, and we aborted. */
  public static final class ProtocolViolation extends AssociationException {
    private static final long serialVersionUID = 1L;

    public ProtocolViolation(String message) {
      super(message, Retry.NEVER);
    }
  }

  /** The peer was silent or slow beyond a time limit, and we aborted. */
  public static final class TimedOut extends AssociationException {
    private static final long serialVersionUID = 1L;

    TimedOut(String message) {
      super(message, Retry.LATER);
    }
  }

  /** We are shutting down or gave up, and aborted. */
  public static final class Aborted extends AssociationException {
    private static final long serialVersionUID = 1L;

    Aborted(String message) {
      super(message, Retry.LATER);
    }
  }
}
