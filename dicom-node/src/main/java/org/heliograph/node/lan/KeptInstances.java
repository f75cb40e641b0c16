package org.heliograph.node.lan;

import java.io.IOException;
import java.util.Optional;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/** What the gateway knows of the instances that it received. */
@FunctionalInterface
public interface KeptInstances {
  /**
   * An instance, if it came in.
   *
   * @throws IOException it cannot be found out now
   */
  Optional<Kept> find(SopInstanceUid instance) throws IOException;

  /**
   * An instance that came in.
   *
   * @param sopClass null if only its fate is remembered
   */
  record Kept(@Nullable SopClassUid sopClass, Fate fate) {}

  /** What became of it. */
  enum Fate {
    /** It is durable here and on its way. */
    SPOOLED,
    /** The hub has signed for it. */
    CONFIRMED,
    /** It is durable here, and waits for a person: the hub does not take it, or it is damaged. */
    PARKED,
    /** It came with more than one content. */
    DISPUTED
  }
}
