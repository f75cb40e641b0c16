package org.heliograph.reader.backup;

import java.io.IOException;

/** A backup cannot be made or used; the message is for the operator. */
public final class BackupException extends IOException {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }

  /** The database refused or went away. */
  public static BackupException ofDatabase(String sqlState) {
    return new BackupException(
        "The database refuses or is away (SQL state " + sqlState + "). Run the command again.");
  }
}
