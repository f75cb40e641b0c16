package org.heliograph.archive.ingest;

import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/** Which instance, as a file's head names it. */
record Identity(SopClassUid sopClass, SopInstanceUid instance) {
  static Identity of(InstanceSummary summary) {
    return new Identity(summary.sopClass(), summary.instance());
  }

  /** What was claimed in a command, else what was told; null where neither is whole. */
  static @Nullable Identity of(
      @Nullable SopClassUid sopClass, @Nullable SopInstanceUid instance, @Nullable Identity told) {
    return sopClass == null || instance == null ? told : new Identity(sopClass, instance);
  }

  /** Null where these are no UIDs. */
  static @Nullable Identity of(String sopClass, String instance) {
    return Uid.isValid(sopClass) && Uid.isValid(instance)
        ? new Identity(SopClassUid.of(sopClass), SopInstanceUid.of(instance))
        : null;
  }
}
