package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.net.dimse.DimseMessages.Incoming;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu.Next;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu.Progress;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.jspecify.annotations.Nullable;

/** Our C-MOVE or C-GET until its final response (PS3.7 9.1.3, 9.1.4). */
final class Retrieving {
  private final ScuAssociation association;
  private final AcceptedContext context;
  private final Operation operation;
  private final Progress progress;
  private final @Nullable StoreHandler receiver;
  private boolean cancelled;

  Retrieving(
      ScuAssociation association,
      AcceptedContext context,
      Operation operation,
      Progress progress,
      @Nullable StoreHandler receiver) {
    this.association = association;
    this.context = context;
    this.operation = operation;
    this.progress = progress;
    this.receiver = receiver;
  }

  RetrieveResult await() throws IOException {
    while (true) {
      var message = association.next();
      if (!ScuAssociation.isResponse(message)) {
        store(message);
        continue;
      }
      var status = association.status(message, operation);
      var counts = SubOperations.of(message.command());
      if (!status.isPending()) {
        return result(message, status, counts);
      }
      association.messages().skipDataset(message);
      if (progress.progressed(counts) == Next.CANCEL && !cancelled) {
        cancelled = true;
        association.cancel(context);
      }
    }
  }

  private RetrieveResult result(Incoming message, DimseStatus status, SubOperations counts)
      throws IOException {
    var failed =
        association.dataset(message).strings(Tag.FailedSOPInstanceUIDList).stream()
            .filter(Uid::isValid)
            .map(SopInstanceUid::of)
            .toList();
    return new RetrieveResult(status, counts, failed);
  }

  /** A C-STORE sub-operation of our C-GET; nothing else may come from the peer. */
  private void store(Incoming message) throws IOException {
    var command = message.command();
    var id = command.us(CommandTag.MESSAGE_ID);
    if (receiver == null
        || id.isEmpty()
        || command.us(CommandTag.COMMAND_FIELD).orElse(-1) != Operation.C_STORE.request()) {
      throw association.violation("a request of the peer while ours is performed");
    }
    StorePerformer.perform(
        new Exchange(
            association.messages(),
            message,
            Operation.C_STORE,
            id.getAsInt(),
            association.peer(),
            EventReports.none(association.messages())),
        message.context().ours().isScp() ? receiver : null);
  }
}
