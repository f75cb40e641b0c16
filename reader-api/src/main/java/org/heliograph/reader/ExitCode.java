package org.heliograph.reader;

/** What the commands answer to scripts. */
public enum ExitCode {
  /** Done; for the hub: stopped as asked. */
  OK(0),
  /** A fault of the program; see the log. */
  FAULT(1),
  /** The arguments or the environment are wrong, or ask for something refused. */
  USAGE(2),
  /** The hub cannot start: port taken, folder not writable, database not reachable. */
  CANNOT_START(3),
  /** An administration command was refused: unknown site, name taken, weak password. */
  REFUSED(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
