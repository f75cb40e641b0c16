package org.heliograph.archive.blob.move;

/** The steps of a move between which a process may die; named for tests that kill it there. */
public enum MoveStep {
  /** Some keys of the source are written down. */
  LISTED,
  /** A blob lies in a staging file. */
  READ,
  /** Its digest is right. */
  CHECKED,
  /** The target has confirmed it. */
  PUT,
  /** The row says so. */
  RECORDED,
  /** Nothing is left to copy. */
  COPIED_ALL
}
