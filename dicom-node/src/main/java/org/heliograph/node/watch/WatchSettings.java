package org.heliograph.node.watch;

import java.nio.file.Path;
import java.time.Duration;
import org.heliograph.node.link.Urgency;

/**
 * How a folder is watched.
 *
 * @param folder may be a network drive; {@code done} and {@code refused} in it are the gateway's
 * @param scratch where previews wait that the spool takes over; on the spool's disk
 * @param urgency of what says nothing else
 * @param settle how long a file must not have changed, seen at two looks
 * @param patience after which a file that is still not whole is refused, or one without patient
 *     data
 * @param lookEvery while nothing is known to be happening: network drives tell nothing
 * @param previewBytes of a photo's preview, at most
 */
public record WatchSettings(
    Path folder,
    Path scratch,
    Urgency urgency,
    Duration settle,
    Duration patience,
    Duration lookEvery,
    int previewBytes) {
  /** Looks every ten seconds, takes after two, is patient for ten minutes. */
  public static WatchSettings of(Path folder, Path scratch, Urgency urgency, int previewBytes) {
    return new WatchSettings(
        folder,
        scratch,
        urgency,
        Duration.ofSeconds(2),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        previewBytes);
  }
}
