package org.heliograph.reader;

/** The command line or the environment asks for something that does not exist or is refused. */
public final class UsageException extends RuntimeException {
  public UsageException(String message) {
    super(message);
  }
}
