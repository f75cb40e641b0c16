package org.heliograph.dicom.net.dimse;

import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;

/**
 * A composite instance to be sent by C-STORE.
 *
 * @param dataset its bytes in the transfer syntax, without file meta information
 */
public record StoredInstance(
    SopClassUid sopClass,
    SopInstanceUid sopInstance,
    TransferSyntaxUid transferSyntax,
    DatasetSource dataset) {
  /** UIDs are not shown. */
  @Override
  public String toString() {
    return "StoredInstance[]";
  }
}
