package org.heliograph.node.spool;

import java.time.Instant;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.node.link.Urgency;

/**
 * How far the instances of one study have come; documents are not counted.
 *
 * @param received not prepared yet
 * @param bytes of all its data sets as they are sent on
 * @param confirmedBytes of those that the hub has confirmed
 * @param lastReceivedAt when the newest instance came
 * @param callingAe who sent that
 */
public record StudyProgress(
    StudyInstanceUid study,
    Urgency urgency,
    int received,
    int prepared,
    int parcelled,
    int confirmed,
    int parked,
    long bytes,
    long confirmedBytes,
    Instant firstReceivedAt,
    Instant lastReceivedAt,
    AeTitle callingAe) {
  /** Whether something of it is not confirmed by the hub. */
  public boolean isWaiting() {
    return received + prepared + parcelled + parked > 0;
  }

  /** UIDs identify a patient's study, so they are not shown. */
  @Override
  public String toString() {
    return "StudyProgress[" + received + " " + prepared + " " + parcelled + " " + confirmed + "]";
  }
}
