package org.heliograph.node.forward;

import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One way to the hub.
 *
 * @param name for the status page, such as {@code fibre} or {@code satellite}
 * @param hub the hub's address, without a path
 * @param localAddress the network to leave by; null if the system decides
 * @param cost the cheapest that works is used
 */
public record Route(String name, URI hub, @Nullable InetAddress localAddress, int cost) {
  public Route {
    boolean http = "https".equals(hub.getScheme()) || "http".equals(hub.getScheme());
    if (!http || hub.getHost() == null) {
      throw new IllegalArgumentException("a hub's address is https://host[:port]");
    }
  }

  URI at(String pathAndQuery) {
    String base = hub.toString();
    return URI.create(
        base.endsWith("/")
            ? base.substring(0, base.length() - 1) + pathAndQuery
            : base + pathAndQuery);
  }
}
