package org.heliograph.dicom.net.dimse;

import java.util.List;
import org.heliograph.dicom.data.SopInstanceUid;

/**
 * How a C-MOVE or C-GET ended (PS3.4 C.4.2.1.5 to C.4.2.1.9).
 *
 * @param failed Failed SOP Instance UID List (0008,0058), as far as the peer tells
 */
public record RetrieveResult(
    DimseStatus status, SubOperations counts, List<SopInstanceUid> failed) {
  public RetrieveResult {
    failed = List.copyOf(failed);
  }

  /** Without UIDs. */
  @Override
  public String toString() {
    return "RetrieveResult[" + status + ", " + counts + "]";
  }
}
