package org.heliograph.node.forward;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.heliograph.dicom.net.ul.Retry;

/** A request to the hub that did not succeed. Messages carry no patient data. */
public abstract sealed class HubException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private HubException(String message) {
    super(message);
  }

  /** Whether to ask again. */
  public abstract Retry retry();

  /** A stable word for the status page. */
  public abstract String code();

  /** How long to wait at least. */
  public Duration retryAfter() {
    return Duration.ZERO;
  }

  /** Nothing came back in time, or the connection broke. What the request did is not known. */
  public static final class NoAnswer extends HubException {
    @Serial private static final long serialVersionUID = 1L;

    NoAnswer(String why) {
      super("the hub did not answer: " + why);
    }

    @Override
    public Retry retry() {
      return Retry.NOW;
    }

    @Override
    public String code() {
      return "GW-LINK-DOWN";
    }
  }

  /** The certificate is not the hub's, or there is no common ground in TLS. */
  public static final class NotTrusted extends HubException {
    @Serial private static final long serialVersionUID = 1L;

    NotTrusted() {
      super("the other end could not prove that it is the hub");
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String code() {
      return "GW-HUB-NOT-TRUSTED";
    }
  }

  /** An answer that makes no sense: too long, no JSON, an offset that cannot be. */
  public static final class BadAnswer extends HubException {
    @Serial private static final long serialVersionUID = 1L;

    BadAnswer(String what) {
      super("the hub's answer makes no sense: " + what);
    }

    @Override
    public Retry retry() {
      return Retry.LATER;
    }

    @Override
    public String code() {
      return "GW-HUB-ANSWER";
    }
  }

  /** The hub said no. */
  public static final class Refused extends HubException {
    @Serial private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final Duration retryAfter;

    Refused(int status, String code, Duration retryAfter) {
      super("the hub answered " + status + (code.isEmpty() ? "" : " " + code));
      this.status = status;
      this.code = code;
      this.retryAfter = retryAfter;
    }

    /** HTTP's. */
    public int status() {
      return status;
    }

    @Override
    public Retry retry() {
      return switch (status) {
        case 400, 405, 409, 411, 413, 415, 422 -> Retry.NEVER;
        default -> Retry.LATER;
      };
    }

    @Override
    public String code() {
      return code.isEmpty() ? "GW-HUB-" + status : code;
    }

    @Override
    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
