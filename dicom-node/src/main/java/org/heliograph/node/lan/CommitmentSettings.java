package org.heliograph.node.lan;

import java.time.Duration;

/**
 * When commitments are given and how long their reports are tried.
 *
 * @param given what a commitment stands for
 * @param patience with what the hub has not confirmed: when it is over, a failure is reported
 * @param attempts to report, then it waits for a person
 * @param longestPause between two attempts
 * @param remembered how long after it was told
 */
public record CommitmentSettings(
    Given given, Duration patience, int attempts, Duration longestPause, Duration remembered) {

  /** What a commitment stands for. */
  public enum Given {
    /** The hub has signed that it keeps the instance. */
    BY_THE_HUB,
    /** The instance is durable at the gateway. */
    BY_THE_GATEWAY
  }

  /** The hub's word, within a week; reports are tried for a day and a half, as at the hub. */
  public static CommitmentSettings defaults() {
    return new CommitmentSettings(
        Given.BY_THE_HUB, Duration.ofDays(7), 46, Duration.ofHours(1), Duration.ofDays(30));
  }

  /** The same with another meaning. */
  public CommitmentSettings given(Given value) {
    return new CommitmentSettings(value, patience, attempts, longestPause, remembered);
  }
}
