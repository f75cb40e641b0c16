package org.heliograph.dicom.net.ul;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts associations against {@link AssociationLimits}. Any thread. */
final class AssociationPlaces {
  private final AssociationLimits limits;
  private final Map<InetAddress, Integer> ofPeers = new HashMap<>();
  private final Map<String, Integer> ofCallingAes = new HashMap<>();
  private int count;

  AssociationPlaces(AssociationLimits limits) {
    this.limits = limits;
  }

  /** Takes a place if there is one for this caller; then {@link #leave} gives it back. */
  boolean tryEnter(Pdu.AssociateRq request, Caller caller) {
    var room =
        limits.reserved() == 0 || limits.known().isKnown(request, caller)
            ? limits.total()
            : limits.total() - limits.reserved();
    return tryEnter(request.callingAe(), caller.address(), room);
  }

  private synchronized boolean tryEnter(String callingAe, InetAddress peer, int room) {
    var ofPeer = ofPeers.getOrDefault(peer, 0);
    var ofCallingAe = ofCallingAes.getOrDefault(callingAe, 0);
    if (count >= room || ofPeer >= limits.perPeer() || ofCallingAe >= limits.perCallingAe()) {
      return false;
    }
    count++;
    ofPeers.put(peer, ofPeer + 1);
    ofCallingAes.put(callingAe, ofCallingAe + 1);
    return true;
  }

  synchronized void leave(Pdu.AssociateRq request, Caller caller) {
    count--;
    ofPeers.computeIfPresent(caller.address(), (_, of) -> of == 1 ? null : of - 1);
    ofCallingAes.computeIfPresent(request.callingAe(), (_, of) -> of == 1 ? null : of - 1);
  }
}
