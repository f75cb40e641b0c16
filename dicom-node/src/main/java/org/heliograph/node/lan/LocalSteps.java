package org.heliograph.node.lan;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What modalities have made of scheduled steps that the hub may not know of. */
@FunctionalInterface
public interface LocalSteps {
  /** Nobody performs anything. */
  LocalSteps NONE = (_, _) -> Map.of();

  /**
   * What became of the steps of a worklist; those of which the hub knows best are left out.
   *
   * @param fetchedAt when the hub told the worklist, by our clock
   */
  Map<ScheduledStep, Progress> of(List<ScheduledStep> worklist, Instant fetchedAt);

  /** What became of a scheduled step. */
  enum Progress {
    /** All that was begun was discontinued: it is to be done still, as at the hub. */
    GIVEN_UP,
    IN_PROGRESS,
    COMPLETED
  }
}
