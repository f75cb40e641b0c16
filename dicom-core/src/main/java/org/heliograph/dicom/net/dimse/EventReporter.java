package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.jspecify.annotations.Nullable;

/** Sends N-EVENT-REPORT over the association on which we are the SCP (PS3.7 10.1.1). */
@FunctionalInterface
public interface EventReporter {
  /**
   * Reports an event in the presentation context of the request it follows, and waits for the
   * answer. Requests that the peer sends meanwhile are performed first.
   *
   * @return the peer's status, or null if it asked for release instead: then it is not known
   *     whether it read the report
   * @throws IOException if the association has ended
   */
  @Nullable DimseStatus report(
      SopClassUid sopClass, SopInstanceUid sopInstance, int eventType, Dataset information)
      throws IOException;
}
