package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/** Performs C-STORE (PS3.7 9.3.1): as SCP, and for the sub-operations of our own C-GET. */
final class StorePerformer {
  private StorePerformer() {}

  static void perform(Exchange exchange, @Nullable StoreHandler handler) throws IOException {
    var command = exchange.command();
    if (!command.hasDataSet()) {
      exchange.respond(DimseStatus.MISTYPED_ARGUMENT.withComment("C-STORE without data set"));
      return;
    }
    var sopClass = command.text(CommandTag.AFFECTED_SOP_CLASS_UID);
    var sopInstance = command.text(CommandTag.AFFECTED_SOP_INSTANCE_UID);
    DimseStatus status;
    RuntimeException bug = null;
    try (var dataset = exchange.dataset()) {
      if (handler == null || !sopClass.equals(exchange.context().abstractSyntax())) {
        status =
            DimseStatus.SOP_CLASS_NOT_SUPPORTED.withComment("not the context's abstract syntax");
      } else if (!Uid.isValid(sopInstance)) {
        status = DimseStatus.INVALID_OBJECT_INSTANCE.withComment("not a valid SOP Instance UID");
      } else {
        try {
          status = handle(exchange, handler, request(exchange, sopInstance), dataset);
        } catch (RuntimeException e) {
          bug = e;
          status = ServiceFailures.bug(Operation.C_STORE);
        }
      }
      dataset.drain();
    }
    exchange.respond(status);
    if (bug != null) {
      throw bug;
    }
  }

  private static StoreRequest request(Exchange exchange, String sopInstance) {
    var context = exchange.context();
    return new StoreRequest(
        exchange.invocation(),
        SopClassUid.of(context.abstractSyntax()),
        SopInstanceUid.of(sopInstance),
        TransferSyntaxUid.of(context.transferSyntax()),
        originator(exchange.command()));
  }

  /** A title that is none counts as no originator: it is for the log, not for the decision. */
  private static @Nullable MoveOriginator originator(CommandSet command) {
    var title = command.text(CommandTag.MOVE_ORIGINATOR_AE_TITLE);
    if (title.isBlank()) {
      return null;
    }
    try {
      return new MoveOriginator(
          new AeTitle(title), command.us(CommandTag.MOVE_ORIGINATOR_MESSAGE_ID).orElse(0));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static DimseStatus handle(
      Exchange exchange, StoreHandler handler, StoreRequest request, InputStream dataset)
      throws IOException {
    try {
      return handler.store(request, dataset);
    } catch (DimseException e) {
      return e.status();
    } catch (IOException e) {
      if (!exchange.isOpen()) {
        throw e;
      }
      return ServiceFailures.resources(Operation.C_STORE);
    }
  }
}
