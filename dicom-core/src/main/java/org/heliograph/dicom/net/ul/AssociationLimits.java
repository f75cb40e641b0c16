package org.heliograph.dicom.net.ul;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts associations, all of them and those of each peer address. */
final class AssociationLimits {
  private final int total;
  private final int perPeer;
  private final Map<InetAddress, Integer> counts = new HashMap<>();
  private int count;

  AssociationLimits(int total, int perPeer) {
    this.total = total;
    this.perPeer = perPeer;
  }

  synchronized boolean tryEnter(InetAddress peer) {
    var ofPeer = counts.getOrDefault(peer, 0);
    if (count >= total || ofPeer >= perPeer) {
      return false;
    }
    count++;
    counts.put(peer, ofPeer + 1);
    return true;
  }

  synchronized void leave(InetAddress peer) {
    count--;
    counts.computeIfPresent(peer, (_, ofPeer) -> ofPeer == 1 ? null : ofPeer - 1);
  }
}
