package org.heliograph.node.storage;

import java.net.InetAddress;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.RejectReason;

/**
 * Decides which calling AE titles may open an association. Asked on the association's thread; may
 * block briefly.
 */
@FunctionalInterface
public interface CallerPolicy {
  /** The decision about one A-ASSOCIATE-RQ whose called AE title is ours. */
  Decision admit(AeTitle calling, AeTitle called, InetAddress peer);

  /** Lets everyone in: for tests and closed networks. */
  static CallerPolicy everyone() {
    return (calling, called, peer) -> new Admitted();
  }

  /** Admitted or rejected. */
  sealed interface Decision {}

  /** The association may be accepted. */
  record Admitted() implements Decision {}

  /** The association is rejected with a reason of PS3.8 9.3.4. */
  record Rejected(RejectReason reason) implements Decision {}
}
