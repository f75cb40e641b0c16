package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.net.dimse.DimseMessages.Incoming;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.jspecify.annotations.Nullable;

/**
 * What an SCP has to report on one association, and the one report that is under way: each side may
 * have one operation outstanding (PS3.7 D.3.3.3), so the peer's requests go on beside it.
 */
final class EventReports {
  private static final int MAX_WAITING = 1_000;

  /** Above the ids of C-GET's sub-operations, which count from 1. */
  private static final int FIRST_MESSAGE_ID = 0x8000;

  private final DimseMessages messages;
  private final int maxWaiting;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private int sent;
  private int outstandingId = -1;
  private @Nullable DimseStatus answer;

  private EventReports(DimseMessages messages, int maxWaiting) {
    this.messages = messages;
    this.maxWaiting = maxWaiting;
  }

  static EventReports of(DimseMessages messages) {
    return new EventReports(messages, MAX_WAITING);
  }

  /** A follow-up and the context of its request. */
  record Waiting(AcceptedContext context, FollowUp followUp) {}

  /** Of an SCU, which has nothing to report. */
  static EventReports none(DimseMessages messages) {
    return new EventReports(messages, 0);
  }

  void add(AcceptedContext context, FollowUp followUp) {
    if (waiting.size() < maxWaiting) {
      waiting.add(new Waiting(context, followUp));
    } else {
      followUp.abandoned();
    }
  }

  /** The next to be run, once the peer is silent; null if there is none. */
  @Nullable Waiting nextWhenSilent() {
    var next = waiting.peek();
    return next == null || messages.hasIncoming(next.followUp().silence()) ? null : waiting.poll();
  }

  /** Sends a report; its answer comes to {@link #takes}. */
  void send(
      AcceptedContext context,
      SopClassUid sopClass,
      SopInstanceUid sopInstance,
      int eventType,
      Dataset information)
      throws IOException {
    if (outstandingId >= 0) {
      throw new IllegalStateException("a report is under way on this association");
    }
    outstandingId = FIRST_MESSAGE_ID + sent++ % (0x10000 - FIRST_MESSAGE_ID);
    answer = null;
    var command =
        new CommandSet()
            .us(CommandTag.COMMAND_FIELD, Operation.N_EVENT_REPORT.request())
            .us(CommandTag.MESSAGE_ID, outstandingId)
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass.value().value())
            .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, sopInstance.value().value())
            .us(CommandTag.EVENT_TYPE_ID, eventType);
    if (information.isEmpty()) {
      messages.send(context, command);
    } else {
      messages.send(context, command, information);
    }
  }

  /** The answer to the last report; null as long as it has not come. */
  @Nullable DimseStatus answer() {
    return answer;
  }

  /** Whether a message is the response to the report under way; it is taken then. */
  boolean takes(Incoming message) throws IOException {
    var command = message.command();
    if (outstandingId < 0
        || command.us(CommandTag.COMMAND_FIELD).orElse(-1) != Operation.N_EVENT_REPORT.response()
        || command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1) != outstandingId) {
      return false;
    }
    try {
      answer = command.status();
    } catch (CommandSet.Malformed e) {
      throw messages.violation(String.valueOf(e.getMessage()));
    }
    outstandingId = -1;
    messages.skipDataset(message);
    return true;
  }

  /** The association has ended. */
  void abandon() {
    waiting.forEach(each -> each.followUp().abandoned());
    waiting.clear();
  }
}
