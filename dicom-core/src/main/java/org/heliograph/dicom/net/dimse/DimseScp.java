package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Association.Wait;

/**
 * Answers C-ECHO and C-STORE on an accepted association, one message after the other, until it is
 * released (PS3.7 9.1).
 */
public final class DimseScp {
  private final Association association;
  private final DimseMessages messages;
  private final StoreHandler handler;
  private final long maxDatasetBytes;

  private DimseScp(Association association, StoreHandler handler, long maxDatasetBytes) {
    this.association = association;
    this.messages = new DimseMessages(association);
    this.handler = handler;
    this.maxDatasetBytes = maxDatasetBytes;
  }

  /** Takes an instance from C-STORE. */
  @FunctionalInterface
  public interface StoreHandler {
    /**
     * Stores one instance; the status is sent when this returns and the rest of the data set has
     * been skipped.
     *
     * @throws IOException a failure to store is answered A700H; the end of the association ends it
     */
    DimseStatus store(StoreRequest request, InputStream dataset) throws IOException;
  }

  /**
   * A C-STORE-RQ (PS3.7 9.3.1.1) whose UIDs are valid and whose SOP class is that of its context.
   */
  public record StoreRequest(
      SopClassUid sopClass, SopInstanceUid sopInstance, TransferSyntaxUid transferSyntax) {
    /** UIDs are not shown. */
    @Override
    public String toString() {
      return "StoreRequest[]";
    }
  }

  /**
   * Serves until the peer releases.
   *
   * @throws IOException if the association ended otherwise
   */
  public static void serve(Association association, StoreHandler handler, long maxDatasetBytes)
      throws IOException {
    new DimseScp(association, handler, maxDatasetBytes).run();
  }

  private void run() throws IOException {
    while (true) {
      var incoming = messages.next(Wait.BETWEEN_MESSAGES);
      if (incoming == null) {
        association.confirmRelease();
        return;
      }
      var command = incoming.command();
      var field = command.us(CommandTag.COMMAND_FIELD);
      if (field.isEmpty()) {
        throw association.violation("command set without command field");
      }
      if (field.getAsInt() == CommandField.C_CANCEL_RQ) {
        skipDataset(incoming);
        continue; // nothing we do can be cancelled (PS3.7 9.3.2.3)
      }
      if ((field.getAsInt() & CommandField.RESPONSE_BIT) != 0) {
        throw association.violation("a response to no request");
      }
      var messageId = command.us(CommandTag.MESSAGE_ID);
      if (messageId.isEmpty()) {
        throw association.violation("request without message id");
      }
      var status =
          switch (field.getAsInt()) {
            case CommandField.C_ECHO_RQ -> echo(incoming);
            case CommandField.C_STORE_RQ -> store(incoming);
            default -> {
              skipDataset(incoming);
              yield DimseStatus.UNRECOGNIZED_OPERATION;
            }
          };
      respond(incoming, field.getAsInt(), messageId.getAsInt(), status);
    }
  }

  private DimseStatus echo(DimseMessages.Incoming incoming) throws IOException {
    skipDataset(incoming);
    if (incoming.command().hasDataSet()) {
      return DimseStatus.MISTYPED_ARGUMENT;
    }
    var sopClass = incoming.command().text(CommandTag.AFFECTED_SOP_CLASS_UID);
    return sopClass.equals(Uids.VerificationSopClass)
        ? DimseStatus.SUCCESS
        : DimseStatus.SOP_CLASS_NOT_SUPPORTED;
  }

  private DimseStatus store(DimseMessages.Incoming incoming) throws IOException {
    var command = incoming.command();
    if (!command.hasDataSet()) {
      return DimseStatus.MISTYPED_ARGUMENT.withComment("C-STORE without data set");
    }
    var sopClass = command.text(CommandTag.AFFECTED_SOP_CLASS_UID);
    var sopInstance = command.text(CommandTag.AFFECTED_SOP_INSTANCE_UID);
    var context = incoming.context();
    try (var dataset = messages.dataset(context, maxDatasetBytes)) {
      DimseStatus status;
      if (!sopClass.equals(context.abstractSyntax())
          || sopClass.equals(Uids.VerificationSopClass)) {
        status =
            DimseStatus.SOP_CLASS_NOT_SUPPORTED.withComment("not the context's abstract syntax");
      } else if (!Uid.isValid(sopInstance)) {
        status = DimseStatus.INVALID_OBJECT_INSTANCE.withComment("not a valid SOP Instance UID");
      } else {
        status = handle(request(context, sopInstance), dataset);
      }
      dataset.drain();
      return status;
    }
  }

  private static StoreRequest request(AcceptedContext context, String sopInstance) {
    return new StoreRequest(
        SopClassUid.of(context.abstractSyntax()),
        SopInstanceUid.of(sopInstance),
        TransferSyntaxUid.of(context.transferSyntax()));
  }

  private DimseStatus handle(StoreRequest request, InputStream dataset) throws IOException {
    try {
      return handler.store(request, dataset);
    } catch (IOException e) {
      if (!association.isOpen()) {
        throw e;
      }
      return DimseStatus.OUT_OF_RESOURCES.withComment("not stored, try again later");
    }
  }

  private void skipDataset(DimseMessages.Incoming incoming) throws IOException {
    if (incoming.command().hasDataSet()) {
      try (var dataset = messages.dataset(incoming.context(), maxDatasetBytes)) {
        dataset.drain();
      }
    }
  }

  private void respond(
      DimseMessages.Incoming incoming, int field, int messageId, DimseStatus status)
      throws IOException {
    var request = incoming.command();
    var response =
        new CommandSet()
            .us(CommandTag.COMMAND_FIELD, field | CommandField.RESPONSE_BIT)
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId)
            .withoutDataSet()
            .us(CommandTag.STATUS, status.code())
            .comment(status.comment());
    echoBack(request, response, CommandTag.AFFECTED_SOP_CLASS_UID);
    echoBack(request, response, CommandTag.AFFECTED_SOP_INSTANCE_UID);
    messages.send(incoming.context(), response);
  }

  /** The response names the request's UIDs (PS3.7 9.3.1.2), but never repeats what is no UID. */
  private static void echoBack(CommandSet request, CommandSet response, int element) {
    var uid = request.text(element);
    if (Uid.isValid(uid)) {
      response.uid(element, uid);
    }
  }
}
