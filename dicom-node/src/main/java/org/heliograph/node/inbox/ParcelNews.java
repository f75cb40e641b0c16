package org.heliograph.node.inbox;

import java.io.IOException;
import org.heliograph.node.link.HubMessage;

/** Who takes what the hub says of parcels, such as the forwarder. */
@FunctionalInterface
public interface ParcelNews {
  /**
   * Takes receipts and wishes for parts. Each may be told more than once; what it means is durable
   * on return.
   */
  void take(HubMessage message) throws IOException;
}
