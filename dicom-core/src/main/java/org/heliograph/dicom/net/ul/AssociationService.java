package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AssociationServer} does with the associations it gets. Called on each
 * association's own thread.
 */
public interface AssociationService {
  /**
   * Accepts or rejects a request whose protocol version and application context are DICOM's; {@link
   * AcceptorNegotiation} helps.
   */
  Decision decide(Pdu.AssociateRq request, Caller caller);

  /** Serves an accepted association until it is released, or throws why it ended. */
  void serve(long id, Association association) throws IOException;

  /** A request was rejected. */
  default void rejected(long id, Pdu.AssociateRq request, InetAddress peer, RejectReason reason) {}

  /** A connection never became an association: silence, garbage, or no room. */
  default void refused(long id, InetAddress peer, IOException cause) {}

  /** An accepted association has ended; the cause is null if it was released in order. */
  default void ended(long id, Association association, @Nullable Exception cause) {}

  /** Accepted or rejected. */
  sealed interface Decision {}

  /** Accepted, with an answer to each proposed context. */
  record Accept(List<Pdu.ContextResult> contexts, UserInformation userInformation)
      implements Decision {
    public Accept {
      contexts = List.copyOf(contexts);
    }
  }

  /** Rejected. */
  record Reject(RejectReason reason) implements Decision {}
}
