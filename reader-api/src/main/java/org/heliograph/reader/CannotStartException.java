package org.heliograph.reader;

/** The hub cannot start; the message says why and what to do. */
public final class CannotStartException extends RuntimeException {
  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }

  public CannotStartException(String message) {
    super(message);
  }
}
