package org.heliograph.reader.postgres;

/** The hub's PostgreSQL cannot be started or reached; the message is for the operator. */
public final class PostgresException extends RuntimeException {
  public PostgresException(String message) {
    super(message);
  }

  public PostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
