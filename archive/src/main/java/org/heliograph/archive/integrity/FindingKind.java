package org.heliograph.archive.integrity;

/** What can be wrong with a stored blob. */
public enum FindingKind {
  /** A row names it and the store does not have it. */
  MISSING,
  /** It is shorter or longer than it was. */
  WRONG_SIZE,
  /** Its digest is another. */
  DAMAGED,
  /** The disk below does not give it. */
  UNREADABLE
}
