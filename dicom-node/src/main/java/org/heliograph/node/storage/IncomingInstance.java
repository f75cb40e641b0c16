package org.heliograph.node.storage;

import java.io.InputStream;
import java.net.InetAddress;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.net.dimse.Priority;

/**
 * One instance on its way in by C-STORE (PS3.4 Annex B). The data set is encoded in the transfer
 * syntax, has no file meta information, and comes straight from the PDVs: it can be read once,
 * while {@link InstanceSink#receive} runs.
 *
 * @param sopClass the Affected SOP Class UID of the request; the data set may disagree
 * @param sopInstance the Affected SOP Instance UID of the request; the data set may disagree
 * @param priority what the sender wishes
 */
public record IncomingInstance(
    long associationId,
    AeTitle callingAe,
    AeTitle calledAe,
    InetAddress peer,
    SopClassUid sopClass,
    SopInstanceUid sopInstance,
    TransferSyntaxUid transferSyntax,
    InputStream dataset,
    Priority priority) {
  /** Of medium priority. */
  public IncomingInstance(
      long associationId,
      AeTitle callingAe,
      AeTitle calledAe,
      InetAddress peer,
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      TransferSyntaxUid transferSyntax,
      InputStream dataset) {
    this(
        associationId,
        callingAe,
        calledAe,
        peer,
        sopClass,
        sopInstance,
        transferSyntax,
        dataset,
        Priority.MEDIUM);
  }

  /** UIDs identify a patient's study, so they are not shown. */
  @Override
  public String toString() {
    return "IncomingInstance[associationId=" + associationId + "]";
  }
}
