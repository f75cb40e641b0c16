package org.heliograph.node.gateway;

import java.util.List;

/** Settings that cannot be used: all that is wrong, each with its line and what to do. */
public final class SettingsException extends Exception {
  private final List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence or two for each thing that is wrong, in the order of the lines. */
  public List<String> problems() {
    return problems;
  }
}
