package org.heliograph.node.status;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By which names browsers call us. A page elsewhere can give its own name our address and then
 * speak to us as if it were ours; it cannot do so with an address or with a name that we know.
 */
final class HostNames {
  private HostNames() {}

  static boolean allowed(@Nullable List<String> hosts, Set<String> names) {
    if (hosts == null || hosts.size() != 1) {
      return false;
    }
    String host = hosts.getFirst().toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    return host.equals("localhost") || names.contains(host) || isAddress(host);
  }

  private static boolean isAddress(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      InetAddress.ofLiteral(bare);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
