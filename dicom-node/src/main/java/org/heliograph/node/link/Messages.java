package org.heliograph.node.link;

import java.time.Instant;
import java.util.List;

/**
 * One answer of the way back. Asking for what comes after a sequence number tells the hub that all
 * up to it is durable at the gateway.
 *
 * @param hubTime so that a gateway can tell how wrong its clock is
 * @param worklistVersion changes when the worklist does: time to fetch it
 * @param configurationVersion the same for the configuration
 */
public record Messages(
    List<HubMessage> messages,
    Instant hubTime,
    String worklistVersion,
    String configurationVersion) {
  public Messages {
    messages = List.copyOf(messages);
  }
}
