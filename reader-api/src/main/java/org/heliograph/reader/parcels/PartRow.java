package org.heliograph.reader.parcels;

import java.util.UUID;
import org.heliograph.node.link.Manifest.PartKind;
import org.jspecify.annotations.Nullable;

/**
 * A part as its row has it.
 *
 * @param parcel our id of the parcel
 * @param parcelUuid the gateway's
 * @param keeper whose data folder has the file; null before the first byte
 */
record PartRow(
    UUID parcel,
    UUID parcelUuid,
    UUID gateway,
    UUID site,
    int number,
    PartKind kind,
    String contentEncoding,
    long lengthBytes,
    String digest,
    UUID fileId,
    @Nullable UUID keeper,
    long verifiedBytes,
    State state,
    boolean touchedLately,
    int attempt) {
  enum State {
    ARRIVING,
    WHOLE,
    DONE,
    PARKED
  }

  boolean isArriving() {
    return state == State.ARRIVING;
  }
}
