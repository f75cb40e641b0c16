package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseMessages.Incoming;
import org.heliograph.dicom.net.dimse.DimseMessages.UnreadableDataset;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.heliograph.dicom.net.ul.AssociationException;
import org.jspecify.annotations.Nullable;

/** What the SCUs have in common: requests and their responses, one at a time. */
final class ScuAssociation {
  private final Association association;
  private final DimseMessages messages;
  private final List<AcceptedContext> contexts;
  private int messageId;
  private boolean busy;

  ScuAssociation(Association association, MessageLimits limits) {
    this.association = association;
    this.messages = new DimseMessages(association, limits);
    this.contexts =
        association.acceptedContexts().values().stream()
            .sorted((a, b) -> Integer.compare(a.id(), b.id()))
            .toList();
  }

  DimseMessages messages() {
    return messages;
  }

  DimsePeer peer() {
    return DimsePeer.of(association);
  }

  List<AcceptedContext> contexts() {
    return contexts;
  }

  /** The context of a syntax in any or a certain transfer syntax, or null. */
  @Nullable AcceptedContext context(String abstractSyntax, @Nullable String transferSyntax) {
    for (var context : contexts) {
      if (context.abstractSyntax().equals(abstractSyntax)
          && (transferSyntax == null || context.transferSyntax().equals(transferSyntax))) {
        return context;
      }
    }
    return null;
  }

  AcceptedContext needContext(String abstractSyntax) throws NoAcceptedContextException {
    var context = context(abstractSyntax, null);
    if (context == null) {
      throw new NoAcceptedContextException();
    }
    return context;
  }

  /** A request with the next message id. */
  CommandSet request(Operation operation) {
    messageId = messageId % 0xffff + 1;
    return new CommandSet()
        .us(CommandTag.COMMAND_FIELD, operation.request())
        .us(CommandTag.MESSAGE_ID, messageId)
        .withoutDataSet();
  }

  /** The id of the last request. */
  int messageId() {
    return messageId;
  }

  boolean isOpen() {
    return association.isOpen();
  }

  /** Only one request is under way (PS3.7 D.3.3.3). */
  void begin() {
    if (busy) {
      throw new IllegalStateException("a request is under way on this association");
    }
    busy = true;
  }

  void end() {
    busy = false;
  }

  /** The next message of the peer. */
  Incoming next() throws IOException {
    var incoming = messages.next(Wait.FOR_RESPONSE);
    if (incoming == null) {
      throw violation("release instead of a response");
    }
    return incoming;
  }

  /** Whether a message is a response, not a request. */
  static boolean isResponse(Incoming message) {
    return (message.command().us(CommandTag.COMMAND_FIELD).orElse(0) & Operation.RESPONSE_BIT) != 0;
  }

  /** The status of a message that must be the response to our last request. */
  DimseStatus status(Incoming message, Operation operation) throws IOException {
    var command = message.command();
    if (command.us(CommandTag.COMMAND_FIELD).orElse(-1) != operation.response()
        || command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1) != messageId) {
      throw violation("not the response to our request");
    }
    try {
      return command.status();
    } catch (CommandSet.Malformed e) {
      throw violation(String.valueOf(e.getMessage()));
    }
  }

  /** The data set of a response; empty if it has none. */
  Dataset dataset(Incoming message) throws IOException {
    if (!message.command().hasDataSet()) {
      return Dataset.empty();
    }
    try {
      return messages.readDataset(message.context());
    } catch (UnreadableDataset e) {
      throw violation(String.valueOf(e.getMessage()));
    }
  }

  /** Asks the peer to end the request under way (PS3.7 9.3.2.3). */
  void cancel(AcceptedContext context) throws IOException {
    messages.send(
        context,
        new CommandSet()
            .us(CommandTag.COMMAND_FIELD, Operation.C_CANCEL.request())
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId));
  }

  /** C-ECHO (PS3.7 9.1.5). */
  DimseStatus echo() throws IOException {
    var context = needContext(Uids.VerificationSopClass);
    begin();
    try {
      messages.send(
          context,
          request(Operation.C_ECHO)
              .uid(CommandTag.AFFECTED_SOP_CLASS_UID, Uids.VerificationSopClass));
      var message = next();
      var status = status(message, Operation.C_ECHO);
      messages.skipDataset(message);
      return status;
    } finally {
      end();
    }
  }

  AssociationException violation(String message) {
    return association.violation(message);
  }

  void release() throws IOException {
    association.release();
  }

  void abort() {
    association.abort();
  }
}
