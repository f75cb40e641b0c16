package org.heliograph.node.status;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the page is served.
 *
 * @param port 0 takes a free one
 * @param pinHash as {@link Pin#hash} makes it; null: nothing can be unlocked
 * @param hostNames by which it may be called, in small letters, beside addresses and localhost
 * @param localToken what this computer's own commands show
 */
public record StatusSettings(
    InetAddress bind,
    int port,
    @Nullable String pinHash,
    Set<String> hostNames,
    String localToken) {
  public StatusSettings {
    hostNames = Set.copyOf(hostNames);
  }

  /** The secrets are not shown. */
  @Override
  public String toString() {
    return "StatusSettings[" + bind + " " + port + "]";
  }
}
