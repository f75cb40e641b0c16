package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.HashSet;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.jspecify.annotations.Nullable;

/**
 * C-STORE sub-operations over the association of their C-GET (PS3.4 C.4.3.3): in contexts whose SCP
 * is the requestor (PS3.7 D.3.3.4).
 */
final class SubOperationSender implements MoveDestinations.Sender {
  private final Exchange exchange;
  private final Retrieval retrieval;
  private final DimseMessages messages;
  private int lastMessageId;

  SubOperationSender(Exchange exchange, Retrieval retrieval, DimseMessages messages) {
    this.exchange = exchange;
    this.retrieval = retrieval;
    this.messages = messages;
  }

  @Override
  public DimseStatus store(StoredInstance instance, MoveOriginator originator) throws IOException {
    var sopClass = instance.sopClass().value().value();
    var context = context(sopClass, instance.transferSyntax().value().value());
    var sent = instance;
    if (context == null) {
      sent = recoded(instance, sopClass);
      context = sent == null ? null : context(sopClass, sent.transferSyntax().value().value());
    }
    if (sent == null || context == null) {
      return DimseStatus.SOP_CLASS_NOT_SUPPORTED;
    }
    lastMessageId = lastMessageId % 0xffff + 1;
    var command =
        new CommandSet()
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass)
            .us(CommandTag.COMMAND_FIELD, Operation.C_STORE.request())
            .us(CommandTag.MESSAGE_ID, lastMessageId)
            .us(CommandTag.PRIORITY, exchange.invocation().priority().code())
            .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, sent.sopInstance().value().value());
    try (var dataset = sent.dataset().open()) {
      messages.send(context, command, dataset);
    }
    return response();
  }

  private @Nullable StoredInstance recoded(StoredInstance instance, String sopClass)
      throws IOException {
    var accepted = new HashSet<TransferSyntaxUid>();
    for (var context : exchange.peer().contexts()) {
      if (context.ours().isScu() && context.abstractSyntax().equals(sopClass)) {
        accepted.add(TransferSyntaxUid.of(context.transferSyntax()));
      }
    }
    return accepted.isEmpty() ? null : retrieval.recode(instance, accepted);
  }

  private @Nullable AcceptedContext context(String sopClass, String transferSyntax) {
    for (var context : exchange.peer().contexts()) {
      if (context.ours().isScu()
          && context.abstractSyntax().equals(sopClass)
          && context.transferSyntax().equals(transferSyntax)) {
        return context;
      }
    }
    return null;
  }

  private DimseStatus response() throws IOException {
    while (true) {
      var message = messages.next(Wait.FOR_RESPONSE);
      if (message == null) {
        throw messages.violation("release instead of a response");
      }
      var command = message.command();
      if (command.us(CommandTag.COMMAND_FIELD).orElse(-1) == Operation.C_STORE.response()
          && command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1) == lastMessageId) {
        messages.skipDataset(message);
        try {
          return command.status();
        } catch (CommandSet.Malformed e) {
          throw messages.violation(String.valueOf(e.getMessage()));
        }
      }
      exchange.meanwhile(message);
    }
  }

  @Override
  public void close() {}
}
