package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.net.dimse.DimseMessages.Incoming;
import org.heliograph.dicom.net.dimse.DimseMessages.UnreadableDataset;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.jspecify.annotations.Nullable;

/**
 * One request that we perform, from its command to its final response. While it runs, only C-CANCEL
 * and the answer to an event report of ours may come from the peer (PS3.7 9.3.2.3): one operation
 * at a time was agreed on (PS3.7 D.3.3.3).
 */
final class Exchange implements Invocation.Cancellation {
  private final DimseMessages messages;
  private final Incoming request;
  private final Operation operation;
  private final int messageId;
  private final DimsePeer peer;
  private final EventReports reports;
  private boolean datasetTaken;
  private boolean cancelled;
  private boolean released;

  Exchange(
      DimseMessages messages,
      Incoming request,
      Operation operation,
      int messageId,
      DimsePeer peer,
      EventReports reports) {
    this.messages = messages;
    this.request = request;
    this.operation = operation;
    this.messageId = messageId;
    this.peer = peer;
    this.reports = reports;
  }

  Operation operation() {
    return operation;
  }

  CommandSet command() {
    return request.command();
  }

  AcceptedContext context() {
    return request.context();
  }

  int messageId() {
    return messageId;
  }

  DimsePeer peer() {
    return peer;
  }

  boolean isOpen() {
    return messages.isOpen();
  }

  /** Whether the peer asked for release while the request ran. */
  boolean isReleased() {
    return released;
  }

  Invocation invocation() {
    return new Invocation(
        peer,
        context(),
        messageId,
        Priority.of(command().us(CommandTag.PRIORITY).orElse(0)),
        this,
        followUp -> reports.add(context(), followUp));
  }

  /** The data set of the request, to be drained by the caller. */
  DatasetInputStream dataset() {
    datasetTaken = true;
    return messages.dataset(context());
  }

  /** The data set of the request in memory; empty if it has none. */
  Dataset readDataset() throws IOException {
    if (!command().hasDataSet()) {
      return Dataset.empty();
    }
    datasetTaken = true;
    try {
      return messages.readDataset(context());
    } catch (UnreadableDataset e) {
      throw new DimseException(
          e.isTooLong()
              ? ServiceFailures.tooLong(operation).withComment("data set too long")
              : ServiceFailures.unreadable(operation).withComment("data set cannot be read"));
    }
  }

  /** Skips what is left unread of the request. */
  void finishReading() throws IOException {
    if (!datasetTaken) {
      datasetTaken = true;
      messages.skipDataset(request);
    }
  }

  @Override
  public boolean isRequested() throws IOException {
    while (!isCancelled() && messages.hasIncoming()) {
      meanwhile(messages.next(Wait.WITHIN_MESSAGE));
    }
    return isCancelled();
  }

  /** Whether C-CANCEL, or the wish to release, has been read. */
  boolean isCancelled() {
    return cancelled || released;
  }

  /** What the peer says while its request runs. */
  void meanwhile(@Nullable Incoming message) throws IOException {
    if (message == null) {
      released = true;
      return;
    }
    var command = message.command();
    var field = command.us(CommandTag.COMMAND_FIELD).orElse(-1);
    if (field == Operation.C_CANCEL.request()) {
      messages.skipDataset(message);
      // a cancel of anything but this request came too late or never had a request
      cancelled |= command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1) == messageId;
      return;
    }
    if (reports.takes(message)) {
      return;
    }
    if (field < 0 || (field & Operation.RESPONSE_BIT) != 0) {
      throw messages.violation("a response to no request");
    }
    throw messages.violation("a second request while one is performed");
  }

  /** Sends the final response. */
  void respond(DimseStatus status) throws IOException {
    messages.send(context(), response(status));
  }

  /** Sends a response that carries a data set. */
  void respond(CommandSet response, Dataset dataset) throws IOException {
    messages.send(context(), response, dataset);
  }

  /** Sends a response without data set. */
  void respond(CommandSet response) throws IOException {
    messages.send(context(), response);
  }

  /** A response to this request with what every response has. */
  CommandSet response(DimseStatus status) {
    var response =
        new CommandSet()
            .us(CommandTag.COMMAND_FIELD, operation.response())
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId)
            .withoutDataSet()
            .status(status);
    echoUid(CommandTag.REQUESTED_SOP_CLASS_UID, CommandTag.AFFECTED_SOP_CLASS_UID, response);
    echoUid(CommandTag.AFFECTED_SOP_CLASS_UID, CommandTag.AFFECTED_SOP_CLASS_UID, response);
    echoUid(CommandTag.REQUESTED_SOP_INSTANCE_UID, CommandTag.AFFECTED_SOP_INSTANCE_UID, response);
    echoUid(CommandTag.AFFECTED_SOP_INSTANCE_UID, CommandTag.AFFECTED_SOP_INSTANCE_UID, response);
    return response;
  }

  /** The response names the request's UIDs (PS3.7 9.3.1.2), but never repeats what is no UID. */
  private void echoUid(int from, int to, CommandSet response) {
    var uid = command().text(from);
    if (Uid.isValid(uid)) {
      response.uid(to, uid);
    }
  }
}
