package org.heliograph.archive.blob.move;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a move is.
 *
 * @param inUse the store that takes new blobs; null before the first start of a hub
 * @param source the store that is being left; null if there is none
 * @param gone removed from the archive before it was their turn
 * @param damaged not as they were received; they stay in the source, which cannot be dropped
 */
public record MoveStatus(
    @Nullable String inUse,
    @Nullable String source,
    State state,
    long waiting,
    long waitingBytes,
    long copied,
    long copiedBytes,
    long gone,
    long damaged,
    long bytesPerSecond,
    @Nullable Instant beganAt,
    @Nullable Instant doneAt) {
  /** Where it stands. */
  public enum State {
    /** Nobody has asked for one. */
    NONE,
    RUNNING,
    /** Every blob of the source is in the store in use too. */
    DONE,
    /** The hub has been asked to stop reading the source. */
    DROPPING,
    /** The source is no longer read; what lies in it is the operator's. */
    DROPPED
  }
}
