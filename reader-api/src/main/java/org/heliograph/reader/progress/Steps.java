package org.heliograph.reader.progress;

/** Is told how far a command is; tests end the process there. */
public interface Steps {
  /** Nobody listens. */
  Steps NONE = _ -> {};

  void reached(String step);
}
