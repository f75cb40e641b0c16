package org.heliograph.archive.ingest.photo;

import java.util.Set;
import org.heliograph.archive.ingest.InstanceRef;
import org.heliograph.archive.ingest.QuarantineReason;
import org.heliograph.archive.ingest.RefusalReason;

/** What became of a photo. */
public sealed interface PhotoResult {

  /**
   * It is an instance of the study, durably; the original file is kept.
   *
   * @param width pixels after turning upright
   */
  record Stored(InstanceRef instance, int width, int height, Set<PhotoWarning> warnings)
      implements PhotoResult {
    public Stored {
      warnings = Set.copyOf(warnings);
    }
  }

  /** The same photo was stored before under the same SOP Instance UID; nothing changed. */
  record AlreadyStored(InstanceRef instance, int width, int height, Set<PhotoWarning> warnings)
      implements PhotoResult {
    public AlreadyStored {
      warnings = Set.copyOf(warnings);
    }
  }

  /** The file is not taken; nothing was kept. */
  record Refused(PhotoRefusal refusal) implements PhotoResult {}

  /** The study or the SOP Instance UID is taken by something else; kept apart for a person. */
  record Quarantined(long quarantineId, QuarantineReason reason) implements PhotoResult {}

  /** The photo is good but the archive could not take it now, or never will. */
  record NotStored(RefusalReason reason) implements PhotoResult {}
}
