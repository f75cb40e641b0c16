package org.heliograph.node.forward;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the link is, for the status page and the command line.
 *
 * @param route the name of the way in use
 * @param bytesPerSecond as lately measured; 0 if nothing was sent yet
 * @param lastContact when the hub last answered; null if it never did
 * @param trouble why nothing is sent, a stable code; empty if all is well
 * @param parcels that are not sent wholly, in the order of sending
 * @param minutesLeft for all of them at the measured rate; null if not known
 */
public record LinkProgress(
    State state,
    String route,
    double bytesPerSecond,
    @Nullable Instant lastContact,
    String trouble,
    List<ParcelProgress> parcels,
    @Nullable Long minutesLeft) {
  public LinkProgress {
    parcels = List.copyOf(parcels);
  }

  /** What the link does. */
  public enum State {
    /** Connected, and nothing waits. */
    IDLE,
    SENDING,
    /** The bandwidth plan allows nothing now. */
    PAUSED_BY_PLAN,
    /** The hub answers, but takes nothing now. */
    REFUSED,
    /** Nothing answers; the link is tried again and again. */
    DOWN
  }
}
