package org.heliograph.node.inbox;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.heliograph.node.link.Messages;

/** What the way back needs of the hub. A question that fails is worth another try. */
public interface HubMessages {
  /**
   * Waits for messages.
   *
   * @param after the last one that is durable here
   * @param wait how long the hub may wait for one
   */
  Messages after(long after, Duration wait) throws IOException, InterruptedException;

  /**
   * A piece of a form of a report.
   *
   * @return at most so many bytes; fewer than asked for only at its end
   * @throws NoSuchReportException the hub does not have it, and will not
   */
  byte[] report(UUID delivery, String form, long from, int length)
      throws IOException, InterruptedException;

  /** The hub does not have a report that it told of. */
  final class NoSuchReportException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSuchReportException() {
      super("the hub has no such report");
    }
  }
}
