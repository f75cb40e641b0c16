package org.heliograph.node.inbox;

import java.io.IOException;
import org.heliograph.node.spool.Spool;

/** The cursor as a note of the spool, where the effects of receipts are durable too. */
public final class SpoolCursor implements Cursor {
  private static final String NOTE = "return-channel.cursor";

  private final Spool spool;
  private volatile long last;

  public SpoolCursor(Spool spool) {
    this.spool = spool;
    this.last = spool.note(NOTE).map(Long::parseLong).orElse(0L);
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public void advance(long sequence) throws IOException {
    spool.note(NOTE, Long.toString(sequence));
    last = sequence;
  }
}
