package org.heliograph.dicom.net.ul;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the TCP connections of a server, associated or not, in all and from each address, so that
 * silent ones cannot use up memory and descriptors before ARTIM ends them. Any thread.
 */
final class OpenConnections {
  private static final int BEYOND_ASSOCIATIONS = 2048;
  private static final int OF_PEER_BEYOND_ASSOCIATIONS = 512;

  private final int total;
  private final int perPeer;
  private final Map<InetAddress, Integer> ofPeers = new HashMap<>();
  private int count;

  OpenConnections(AssociationLimits limits) {
    total = limits.total() + BEYOND_ASSOCIATIONS;
    perPeer = limits.perPeer() + OF_PEER_BEYOND_ASSOCIATIONS;
  }

  synchronized boolean tryOpen(InetAddress peer) {
    var ofPeer = ofPeers.getOrDefault(peer, 0);
    if (count >= total || ofPeer >= perPeer) {
      return false;
    }
    count++;
    ofPeers.put(peer, ofPeer + 1);
    return true;
  }

  synchronized void closed(InetAddress peer) {
    count--;
    ofPeers.computeIfPresent(peer, (_, of) -> of == 1 ? null : of - 1);
  }
}
