package org.heliograph.archive.retention;

/** Is told of the steps of each removal; for tests. */
@FunctionalInterface
public interface RemovalSteps {
  RemovalSteps NONE = _ -> {};

  void reached(RemovalStep step);
}
