package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;

/**
 * What every request to an SCP has in common (PS3.7 9.1 and 10.1).
 *
 * @param peer who asks
 * @param context the presentation context of the request
 * @param messageId Message ID (0000,0110)
 * @param priority what the peer wishes
 * @param cancellation whether the peer has sent C-CANCEL for this request
 * @param followUps takes what is to be done on this association when the request is answered
 */
public record Invocation(
    DimsePeer peer,
    AcceptedContext context,
    int messageId,
    Priority priority,
    Cancellation cancellation,
    FollowUps followUps) {

  /** Takes follow-ups of a request. */
  @FunctionalInterface
  public interface FollowUps {
    /** Has it run after the response to this request, whatever the response says. */
    void add(FollowUp followUp);
  }

  /** Looks for C-CANCEL (PS3.7 9.3.2.3). */
  @FunctionalInterface
  public interface Cancellation {
    /**
     * Whether the request was cancelled; reads what has come from the peer, but does not wait. For
     * the thread that the handler was called on.
     *
     * @throws IOException if the association has ended
     */
    boolean isRequested() throws IOException;
  }
}
