package org.heliograph.node.spool;

import java.time.Instant;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the spool, as it was when asked for.
 *
 * @param id the spool's own; its files are named by it
 * @param received the transfer syntax that it came in
 * @param receivedDigest SHA-256 of the data set as it came, without group 0002, hexadecimal
 * @param receivedBytes of the data set as it came, without group 0002
 * @param callingAe who sent it; a watch folder has a title of its own
 * @param associationId the association it came in, 0 for a file
 * @param receivedAt by the gateway's clock, to the millisecond
 * @param urgency of its study, if a person set that, else as it came
 * @param prepared null until it is
 * @param parcel the open parcel that it is in
 * @param code why it is parked or quarantined, else empty
 */
public record SpooledInstance(
    UUID id,
    InstanceState state,
    SopInstanceUid sopInstance,
    SopClassUid sopClass,
    StudyInstanceUid study,
    SeriesInstanceUid series,
    TransferSyntaxUid received,
    String receivedDigest,
    long receivedBytes,
    AeTitle callingAe,
    long associationId,
    Instant receivedAt,
    Urgency urgency,
    @Nullable Prepared prepared,
    @Nullable UUID parcel,
    String code) {
  /** The transfer syntax in which it is sent on. */
  public TransferSyntaxUid syntax() {
    return prepared == null ? received : prepared.syntax();
  }

  /** SHA-256 of the data set that is sent on, without group 0002, hexadecimal. */
  public String digest() {
    return prepared == null ? receivedDigest : prepared.digest();
  }

  /** Of the data set that is sent on, without group 0002. */
  public long datasetBytes() {
    return prepared == null ? receivedBytes : prepared.datasetBytes();
  }

  /** UIDs identify a patient's study, so they are not shown. */
  @Override
  public String toString() {
    return "SpooledInstance[" + id + " " + state + "]";
  }
}
