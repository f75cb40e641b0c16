package org.heliograph.node.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * Where the spool is and what it may use.
 *
 * @param folder on one file system; made where it is missing
 * @param reserveBytes of the volume that new instances leave free; null for 1 GiB or 2 % of the
 *     volume, whichever is less
 * @param rememberConfirmed how long a pruned instance is known, so that it is not sent twice
 * @param maxRemembered how many of them at most; the oldest are forgotten
 * @param urgency of what a sender sends
 */
public record SpoolSettings(
    Path folder,
    @Nullable Long reserveBytes,
    Duration rememberConfirmed,
    int maxRemembered,
    Function<AeTitle, Urgency> urgency) {
  /** The usual ones: pruned instances are known for 90 days, and everything is routine. */
  public static SpoolSettings of(Path folder) {
    return new SpoolSettings(folder, null, Duration.ofDays(90), 500_000, _ -> Urgency.ROUTINE);
  }

  public SpoolSettings withReserveBytes(long bytes) {
    return new SpoolSettings(folder, bytes, rememberConfirmed, maxRemembered, urgency);
  }

  public SpoolSettings withRemembered(Duration time, int most) {
    return new SpoolSettings(folder, reserveBytes, time, most, urgency);
  }

  public SpoolSettings withUrgency(Function<AeTitle, Urgency> bySender) {
    return new SpoolSettings(folder, reserveBytes, rememberConfirmed, maxRemembered, bySender);
  }
}
