package org.heliograph.node.gateway;

import java.net.InetAddress;
import java.util.List;
import org.heliograph.node.link.Urgency;

/**
 * Who may send.
 *
 * @param aeTitle the calling AE title, or {@code *} for every one
 * @param networks from where; empty is this computer alone
 * @param urgency of what it sends, if nothing else says more
 */
public record AllowedCaller(String aeTitle, List<Network> networks, Urgency urgency) {
  public AllowedCaller {
    networks = List.copyOf(networks);
  }

  boolean is(String calling) {
    return aeTitle.equals("*") || aeTitle.equals(calling);
  }

  boolean isAt(InetAddress peer) {
    return networks.isEmpty()
        ? peer.isLoopbackAddress()
        : networks.stream().anyMatch(network -> network.contains(peer));
  }
}
