package org.heliograph.node.inbox;

import java.io.IOException;

/** Up to where the hub's messages were applied. */
public interface Cursor {
  /** The last message that was applied, 0 for none. */
  long last();

  /** All up to this one are applied; durable when it returns. */
  void advance(long sequence) throws IOException;
}
