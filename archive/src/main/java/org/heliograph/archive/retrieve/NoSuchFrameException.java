package org.heliograph.archive.retrieve;

/** The instance has no such frame, or its frames cannot be told apart. */
public final class NoSuchFrameException extends Exception {
  private static final long serialVersionUID = 1L;

  NoSuchFrameException(int frame, int frames) {
    super("frame " + frame + " of " + frames);
  }
}
