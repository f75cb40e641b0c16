package org.heliograph.archive.blob.move;

/** Is told of each step as it is reached; a test fails or kills the process in it. */
public interface MoveSteps {
  MoveSteps NONE = _ -> {};

  void reached(MoveStep step);
}
