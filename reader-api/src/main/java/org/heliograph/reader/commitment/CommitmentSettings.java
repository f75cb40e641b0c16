package org.heliograph.reader.commitment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a report is tried and remembered.
 *
 * @param attempts then it is parked; with the usual pauses that is after a day and a half
 * @param longestPause between two attempts
 * @param remembered how long after it was told
 */
@ConfigurationProperties("heliograph.commitment")
record CommitmentSettings(
    @DefaultValue("46") int attempts,
    @DefaultValue("1h") Duration longestPause,
    @DefaultValue("90d") Duration remembered) {}
