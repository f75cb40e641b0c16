package org.heliograph.node.spool;

import java.util.UUID;
import org.heliograph.node.link.Urgency;

/**
 * What the journal says of an instance that came.
 *
 * @param digest SHA-256 of the data set, hexadecimal
 * @param headBytes of the file, before the data set
 * @param receivedAt milliseconds of the epoch
 */
record ReceivedRecord(
    UUID id,
    String sopInstance,
    String sopClass,
    String study,
    String series,
    String syntax,
    String digest,
    long datasetBytes,
    int headBytes,
    String callingAe,
    long associationId,
    long receivedAt,
    Urgency urgency,
    boolean quarantined) {
  ReceivedRecord withApart(boolean apart) {
    return new ReceivedRecord(
        id,
        sopInstance,
        sopClass,
        study,
        series,
        syntax,
        digest,
        datasetBytes,
        headBytes,
        callingAe,
        associationId,
        receivedAt,
        urgency,
        apart);
  }

  @Override
  public String toString() {
    return "ReceivedRecord[" + id + "]";
  }
}
