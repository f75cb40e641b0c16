package org.heliograph.dicom.net.dimse;

import java.util.List;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Caller;
import org.heliograph.dicom.net.ul.UserInformation;

/**
 * Who is at the other end of an association, as far as it told.
 *
 * @param callingAe the calling AE title as it came: not proven by anything
 * @param calledAe the AE title that was called
 * @param caller the address, and the certificate if TLS has one
 * @param information what the peer said of itself, user identity included (PS3.7 Annex D.3.3)
 * @param contexts the presentation contexts in force
 */
public record DimsePeer(
    String callingAe,
    String calledAe,
    Caller caller,
    UserInformation information,
    List<AcceptedContext> contexts) {
  public DimsePeer {
    contexts = List.copyOf(contexts);
  }

  static DimsePeer of(Association association) {
    return new DimsePeer(
        association.callingAe(),
        association.calledAe(),
        association.caller(),
        association.peerInformation(),
        List.copyOf(association.acceptedContexts().values()));
  }

  /** Titles and address only. */
  @Override
  public String toString() {
    return "DimsePeer[" + callingAe + " at " + caller.address().getHostAddress() + "]";
  }
}
