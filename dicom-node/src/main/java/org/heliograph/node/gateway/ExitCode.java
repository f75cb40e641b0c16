package org.heliograph.node.gateway;

/** What the gateway's commands answer to scripts; the numbers are those of all our commands. */
public enum ExitCode {
  /** Done; for the gateway: stopped as asked. */
  OK(0),
  /** A fault of the program; see the log. */
  FAULT(1),
  /** The arguments or the settings are wrong. */
  USAGE(2),
  /** It cannot start, or what it needs cannot be reached. */
  CANNOT_START(3),
  /** What was asked is refused: a code that is used up, a study that is not there. */
  REFUSED(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number for the operating system. */
  public int code() {
    return code;
  }
}
