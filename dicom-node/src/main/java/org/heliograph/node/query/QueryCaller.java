package org.heliograph.node.query;

import java.net.InetAddress;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.DimsePeer;

/** Who asks: what it may see and where it may have things sent is for the catalog to decide. */
public record QueryCaller(AeTitle callingAe, InetAddress peer) {
  /** Who is at the other end of an association. */
  public static QueryCaller of(DimsePeer peer) {
    return new QueryCaller(new AeTitle(peer.callingAe()), peer.caller().address());
  }
}
