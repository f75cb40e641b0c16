package org.heliograph.node.inbox;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.heliograph.node.link.Receipt;

/**
 * Who takes what the hub says of parcels. Each may be told more than once; it is durable when a
 * method returns.
 */
public interface ParcelNews {
  /** What became of objects; signatures are for the receiver to check. */
  void receipts(List<Receipt> receipts) throws IOException;

  /** A part must be sent again from its beginning. */
  void partWanted(UUID parcel, int part, String code) throws IOException;
}
