package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseMessages.Incoming;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.heliograph.dicom.net.ul.AssociationService;
import org.heliograph.dicom.net.ul.Caller;
import org.heliograph.dicom.net.ul.Pdu;

/**
 * Performs the requests of an accepted association, one after the other, until it is released
 * (PS3.7 Sections 9 and 10).
 *
 * <p>A handler's {@link DimseException} is the answer; another {@link IOException} is answered with
 * the status that the service has for a lack of resources. A handler's {@link RuntimeException} is
 * a bug: the peer gets a failure status, and the exception is thrown on to whoever serves. What
 * breaks the protocol (a response without request, a second request while one is performed, a data
 * set of another context) ends the association; what is merely wrong gets a status. Between
 * requests it runs what handlers left as {@link FollowUp}.
 */
public final class DimseScp {
  private final Association association;
  private final DimseServices services;
  private final DimseMessages messages;
  private final DimsePeer peer;
  private final EventReports reports;
  private boolean released;

  private DimseScp(Association association, DimseServices services) {
    this.association = association;
    this.services = services;
    messages = new DimseMessages(association, services.limits());
    peer = DimsePeer.of(association);
    reports = EventReports.of(messages);
  }

  /**
   * Serves until the peer releases, on the calling thread.
   *
   * @throws IOException if the association ended otherwise
   */
  public static void serve(Association association, DimseServices services) throws IOException {
    new DimseScp(association, services).run();
  }

  /**
   * What an {@link org.heliograph.dicom.net.ul.AssociationServer} needs to offer these services to
   * everyone who asks. Who is let in by AE title, address, certificate or user identity is the
   * matter of an {@link AssociationService} of one's own, of which this one shows the two lines.
   *
   * @param maxPduLengthBytes the longest P-DATA-TF that the server takes, as in its settings
   */
  public static AssociationService service(DimseServices services, int maxPduLengthBytes) {
    var negotiation = services.negotiation(maxPduLengthBytes).build();
    return new AssociationService() {
      @Override
      public Decision decide(Pdu.AssociateRq request, Caller caller) {
        return negotiation.answer(request, caller);
      }

      @Override
      public void serve(long id, Association association) throws IOException {
        DimseScp.serve(association, services);
      }
    };
  }

  private void run() throws IOException {
    try {
      while (!released) {
        followUp();
        if (!released) {
          performNext();
        }
      }
    } finally {
      reports.abandon();
    }
    association.confirmRelease();
  }

  /** Reports what there is to report, as long as the peer is silent. */
  private void followUp() throws IOException {
    for (var next = reports.nextWhenSilent();
        next != null;
        next = released ? null : reports.nextWhenSilent()) {
      var context = next.context();
      next.followUp()
          .run((sopClass, sopInstance, eventType, information) -> {
            if (released) {
              return null;
            }
            reports.send(context, sopClass, sopInstance, eventType, information);
            while (!released && reports.answer() == null) {
              performNext();
            }
            return reports.answer();
          });
    }
  }

  /** Waits for the peer's next message and performs it. */
  private void performNext() throws IOException {
    var incoming = messages.next(Wait.BETWEEN_MESSAGES);
    released = incoming == null || perform(incoming);
  }

  /** Performs one request; true if the peer asked for release meanwhile. */
  private boolean perform(Incoming incoming) throws IOException {
    if (reports.takes(incoming)) {
      return false;
    }
    var command = incoming.command();
    var field = command.us(CommandTag.COMMAND_FIELD);
    if (field.isEmpty()) {
      throw messages.violation("command set without command field");
    }
    if ((field.getAsInt() & Operation.RESPONSE_BIT) != 0) {
      throw messages.violation("a response to no request");
    }
    var operation = Operation.ofRequest(field.getAsInt());
    if (operation == Operation.C_CANCEL) {
      messages.skipDataset(incoming);
      return false; // its request was answered already, or never was (PS3.7 9.3.2.3)
    }
    var messageId = command.us(CommandTag.MESSAGE_ID);
    if (messageId.isEmpty()) {
      throw messages.violation("request without message id");
    }
    if (operation == null) {
      messages.skipDataset(incoming);
      messages.send(
          incoming.context(),
          new CommandSet()
              .us(CommandTag.COMMAND_FIELD, field.getAsInt() | Operation.RESPONSE_BIT)
              .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId.getAsInt())
              .status(DimseStatus.UNRECOGNIZED_OPERATION));
      return false;
    }
    var exchange = new Exchange(messages, incoming, operation, messageId.getAsInt(), peer, reports);
    perform(exchange);
    return exchange.isReleased();
  }

  private void perform(Exchange exchange) throws IOException {
    var abstractSyntax = exchange.context().abstractSyntax();
    if (exchange.operation() == Operation.C_STORE) {
      StorePerformer.perform(exchange, services.store(abstractSyntax));
      return;
    }
    try {
      switch (exchange.operation()) {
        case C_ECHO -> echo(exchange);
        case C_FIND -> FindPerformer.perform(exchange, services.find(abstractSyntax));
        case C_MOVE -> RetrievePerformer.move(exchange, services.move(abstractSyntax));
        case C_GET -> RetrievePerformer.get(exchange, services.get(abstractSyntax), messages);
        case N_CREATE, N_SET, N_GET, N_ACTION, N_EVENT_REPORT, N_DELETE ->
            NormalizedPerformer.perform(exchange, services.normalized(abstractSyntax));
        case C_STORE, C_CANCEL -> throw new IllegalStateException("performed before");
      }
    } catch (DimseException e) {
      exchange.finishReading();
      exchange.respond(e.status());
    } catch (IOException e) {
      if (!exchange.isOpen()) {
        throw e;
      }
      exchange.finishReading();
      exchange.respond(ServiceFailures.resources(exchange.operation()));
    } catch (RuntimeException e) {
      if (exchange.isOpen()) {
        exchange.finishReading();
        exchange.respond(ServiceFailures.bug(exchange.operation()));
      }
      throw e;
    }
  }

  private static void echo(Exchange exchange) throws IOException {
    if (exchange.command().hasDataSet()) {
      throw new DimseException(DimseStatus.MISTYPED_ARGUMENT);
    }
    var sopClass = exchange.command().text(CommandTag.AFFECTED_SOP_CLASS_UID);
    exchange.respond(
        sopClass.equals(Uids.VerificationSopClass)
            ? DimseStatus.SUCCESS
            : DimseStatus.SOP_CLASS_NOT_SUPPORTED);
  }
}
