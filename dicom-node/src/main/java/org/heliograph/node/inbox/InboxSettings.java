package org.heliograph.node.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.peer.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of reports at the clinic.
 *
 * @param keptAfterReading how long after somebody read it; unread ones are kept four times as long
 * @param own the AE title we call the PACS by
 * @param pacs where reports are stored; null for nowhere
 * @param printFolder where each report's PDF is put once; null for nowhere
 * @param zone of the dates in the names of printed files
 * @param patience with a PACS or folder that cannot be reached; then a report waits for a person
 */
public record InboxSettings(
    Duration keptAfterReading,
    AeTitle own,
    @Nullable PeerAddress pacs,
    @Nullable Path printFolder,
    ZoneId zone,
    Duration patience) {

  /** Kept for a quarter of a year, and delivered to nowhere. */
  public static InboxSettings defaults(AeTitle own) {
    return new InboxSettings(
        Duration.ofDays(90), own, null, null, ZoneId.systemDefault(), Duration.ofDays(7));
  }

  /** The same with a PACS. */
  public InboxSettings pacs(@Nullable PeerAddress value) {
    return new InboxSettings(keptAfterReading, own, value, printFolder, zone, patience);
  }

  /** The same with a folder for printing. */
  public InboxSettings printFolder(@Nullable Path value) {
    return new InboxSettings(keptAfterReading, own, pacs, value, zone, patience);
  }

  /** The same, kept for another time. */
  public InboxSettings keptAfterReading(Duration value) {
    return new InboxSettings(value, own, pacs, printFolder, zone, patience);
  }

  boolean delivers(Delivery.Place place) {
    return place == Delivery.Place.PRINT ? printFolder != null : pacs != null;
  }
}
