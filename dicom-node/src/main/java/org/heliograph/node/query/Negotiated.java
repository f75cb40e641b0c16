package org.heliograph.node.query;

import java.nio.ByteBuffer;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.net.dimse.DimsePeer;
import org.jspecify.annotations.Nullable;

/**
 * SOP class extended negotiation of Query/Retrieve (PS3.4 C.5.1.1, C.5.2.1, C.5.3.1): one byte each
 * for relational queries, combined date-time matching, fuzzy matching of names, timezone adjustment
 * and enhanced multi-frame conversion. All but the last are supported.
 */
final class Negotiated {
  private static final int RELATIONAL = 0;
  private static final int COMBINED_DATE_TIME = 1;
  private static final int FUZZY_NAMES = 2;
  private static final int TIMEZONE = 3;

  private final @Nullable ByteBuffer proposed;

  private Negotiated(@Nullable ByteBuffer proposed) {
    this.proposed = proposed;
  }

  static Negotiated of(DimsePeer peer, SopClassUid sopClass) {
    return new Negotiated(peer.information().extended(sopClass.value().value()).orElse(null));
  }

  /** Our answer: what was proposed and is supported, in as many bytes. */
  static ByteBuffer answer(ByteBuffer proposed) {
    var answer = new byte[proposed.remaining()];
    for (int i = 0; i < answer.length; i++) {
      boolean wanted = proposed.get(proposed.position() + i) == 1;
      answer[i] = (byte) (wanted && i <= TIMEZONE ? 1 : 0);
    }
    return ByteBuffer.wrap(answer);
  }

  boolean relational() {
    return has(RELATIONAL);
  }

  boolean combinedDateTime() {
    return has(COMBINED_DATE_TIME);
  }

  boolean fuzzyNames() {
    return has(FUZZY_NAMES);
  }

  private boolean has(int index) {
    return proposed != null
        && proposed.remaining() > index
        && proposed.get(proposed.position() + index) == 1;
  }
}
