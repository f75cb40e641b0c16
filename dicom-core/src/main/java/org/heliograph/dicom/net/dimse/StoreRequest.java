package org.heliograph.dicom.net.dimse;

import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.jspecify.annotations.Nullable;

/**
 * A C-STORE-RQ (PS3.7 9.3.1.1) whose UIDs are valid and whose SOP class is that of its context.
 *
 * @param moveOriginator whose C-MOVE this is a sub-operation of, if it is one
 */
public record StoreRequest(
    Invocation invocation,
    SopClassUid sopClass,
    SopInstanceUid sopInstance,
    TransferSyntaxUid transferSyntax,
    @Nullable MoveOriginator moveOriginator) {
  /** UIDs are not shown. */
  @Override
  public String toString() {
    return "StoreRequest[]";
  }
}
