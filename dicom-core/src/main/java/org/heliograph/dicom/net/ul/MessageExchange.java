package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Event;
import org.jspecify.annotations.Nullable;

/**
 * Data transfer on an established association (Sta6): presentation data values in, one after the
 * other whatever PDUs they share, and out in PDUs that the peer takes (PS3.8 9.3.5, Annex E).
 */
final class MessageExchange {
  private final PduChannel channel;
  private final AssociationTimeouts timeouts;
  private final Queue<Pdu.Pdv> pending = new ArrayDeque<>();
  private final PDataWriter writer;
  private volatile boolean waiting;

  MessageExchange(PduChannel channel, AssociationTimeouts timeouts, long peerMaxPduLengthBytes) {
    this.channel = channel;
    this.timeouts = timeouts;
    writer = new PDataWriter(peerMaxPduLengthBytes, channel::write);
  }

  /** The next value, or null if the peer asks for release. */
  Pdu.@Nullable Pdv next(Wait wait) throws IOException {
    var ready = pending.poll();
    if (ready != null) {
      return ready;
    }
    if (wait == Wait.BETWEEN_MESSAGES) {
      waiting = true;
      if (channel.isFinishing()) {
        throw channel.aborted("shutting down");
      }
    }
    try {
      var within =
          switch (wait) {
            case BETWEEN_MESSAGES -> timeouts.idle();
            case WITHIN_MESSAGE -> timeouts.gap();
            case FOR_RESPONSE -> timeouts.response();
          };
      return switch (channel.read(within, timeouts.pdu())) {
        case Pdu.PData data -> {
          pending.addAll(data.values());
          yield pending.remove();
        }
        case Pdu.ReleaseRq _ -> null;
        case Pdu other -> throw channel.unexpected(other);
      };
    } finally {
      waiting = false;
    }
  }

  /** Whether {@link #next} would not have to wait for a first byte. */
  boolean hasIncoming() {
    return !pending.isEmpty() || channel.hasIncoming();
  }

  /** The same, waiting for so long. */
  boolean hasIncoming(Duration within) {
    return !pending.isEmpty() || channel.isFinishing() || channel.hasIncoming(within);
  }

  void send(int contextId, Pdu.Pdv.Kind kind, InputStream content) throws IOException {
    channel.fire(Event.P_DATA_REQUEST);
    writer.write(contextId, kind, content);
  }

  void send(int contextId, Pdu.Pdv.Kind kind, byte[] content) throws IOException {
    channel.fire(Event.P_DATA_REQUEST);
    writer.write(contextId, kind, content);
  }

  void flush() throws IOException {
    writer.flush();
  }

  /** Any thread: whether the owner waits for the peer's next message. */
  boolean isWaiting() {
    return waiting;
  }
}
