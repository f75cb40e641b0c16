package org.heliograph.node.gateway;

/** A command ends, with words for the person who gave it. */
public final class CommandException extends RuntimeException {
  private final ExitCode exit;

  /** Says how the command ends, and why. */
  public CommandException(ExitCode exit, String message) {
    super(message);
    this.exit = exit;
  }

  /** What the process answers. */
  public ExitCode exit() {
    return exit;
  }

  /** The words. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
