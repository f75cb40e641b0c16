package org.heliograph.reader.cases;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The times of a case, {@code heliograph.cases.*}. {@code quietPeriod} is how long a sender without
 * a manifest must be silent before its study counts as complete; {@code matchWindow} is how far a
 * study and a case of the same patient may lie apart and still belong together.
 */
@ConfigurationProperties("heliograph.cases")
public record CaseSettings(
    @DefaultValue("30s") Duration quietPeriod,
    @DefaultValue("30m") Duration lease,
    @DefaultValue("7d") Duration matchWindow,
    @DefaultValue("1h") Duration emergencyDeadline,
    @DefaultValue("4h") Duration urgentDeadline,
    @DefaultValue("48h") Duration routineDeadline) {

  /** The time allowed from "waiting for a reader" to the signed report. */
  public Duration deadline(Urgency urgency) {
    return switch (urgency) {
      case EMERGENCY -> emergencyDeadline;
      case URGENT -> urgentDeadline;
      case ROUTINE -> routineDeadline;
    };
  }
}
