package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.net.dimse.DimseMessages.Incoming;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.ServiceRoles;
import org.jspecify.annotations.Nullable;

/**
 * Sends DIMSE-N requests over one association (PS3.7 Section 10): Modality Performed Procedure
 * Step, Storage Commitment, Print and others. As an SCP that opens an association to report events
 * it sends N-EVENT-REPORT (PS3.4 J.3.3). For one thread; an {@link AssociationException} says
 * whether to try again.
 */
public final class NormalizedScu implements AutoCloseable {
  private final ScuAssociation association;
  private final @Nullable NormalizedHandler events;
  private @Nullable SopClassUid abstractSyntax;

  private NormalizedScu(ScuAssociation association, @Nullable NormalizedHandler events) {
    this.association = association;
    this.events = events;
  }

  /** Prepares an association to a peer. */
  public static Builder to(String host, int port, AeTitle calling, AeTitle called) {
    return new Builder(host, port, calling, called);
  }

  /** What to propose, and how long to wait. */
  public static final class Builder extends ScuBuilder<Builder, NormalizedScu> {
    private @Nullable NormalizedHandler events;

    private Builder(String host, int port, AeTitle calling, AeTitle called) {
      super(host, port, calling, called);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    NormalizedScu opened(ScuAssociation association) {
      return new NormalizedScu(association, events);
    }

    /** Proposes a SOP class, or a Meta SOP Class, as SCU. */
    public Builder propose(SopClassUid sopClass) {
      return propose(sopClass.value().value(), PLAIN_SYNTAXES);
    }

    /** Proposes a SOP class as its SCP, to report events (PS3.7 D.3.3.4). */
    public Builder proposeAsScp(SopClassUid sopClass) {
      propose(sopClass);
      return roles(sopClass, ServiceRoles.SCP);
    }

    /** Takes the N-EVENT-REPORTs that come over this association; else they are refused. */
    public Builder events(NormalizedHandler handler) {
      events = handler;
      return this;
    }
  }

  /**
   * From now on sends requests in the context of this abstract syntax, whatever their SOP class: a
   * Meta SOP Class, or one of the UPS SOP classes.
   */
  public NormalizedScu in(SopClassUid value) {
    abstractSyntax = value;
    return this;
  }

  /** N-CREATE (10.1.5); without a UID the peer makes one, see the result. */
  public NormalizedResult create(
      SopClassUid sopClass, @Nullable SopInstanceUid sopInstance, Dataset attributes)
      throws IOException {
    var request =
        association
            .request(Operation.N_CREATE)
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass.value().value());
    if (sopInstance != null) {
      request.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, sopInstance.value().value());
    }
    return invoke(Operation.N_CREATE, sopClass, request, attributes);
  }

  /** N-SET (10.1.3). */
  public NormalizedResult set(
      SopClassUid sopClass, SopInstanceUid sopInstance, Dataset modifications) throws IOException {
    return invoke(
        Operation.N_SET,
        sopClass,
        requested(Operation.N_SET, sopClass, sopInstance),
        modifications);
  }

  /** N-GET (10.1.2); no tags ask for all attributes. */
  public NormalizedResult get(
      SopClassUid sopClass, SopInstanceUid sopInstance, List<Integer> attributes)
      throws IOException {
    var request =
        requested(Operation.N_GET, sopClass, sopInstance)
            .tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST, attributes);
    return invoke(Operation.N_GET, sopClass, request, Dataset.empty());
  }

  /** N-ACTION (10.1.4). */
  public NormalizedResult action(
      SopClassUid sopClass, SopInstanceUid sopInstance, int actionType, Dataset information)
      throws IOException {
    var request =
        requested(Operation.N_ACTION, sopClass, sopInstance)
            .us(CommandTag.ACTION_TYPE_ID, actionType);
    return invoke(Operation.N_ACTION, sopClass, request, information);
  }

  /** N-EVENT-REPORT (10.1.1): we are the SCP that reports. */
  public NormalizedResult eventReport(
      SopClassUid sopClass, SopInstanceUid sopInstance, int eventType, Dataset information)
      throws IOException {
    var request =
        association
            .request(Operation.N_EVENT_REPORT)
            .uid(CommandTag.AFFECTED_SOP_CLASS_UID, sopClass.value().value())
            .uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, sopInstance.value().value())
            .us(CommandTag.EVENT_TYPE_ID, eventType);
    return invoke(Operation.N_EVENT_REPORT, sopClass, request, information);
  }

  /** N-DELETE (10.1.6). */
  public NormalizedResult delete(SopClassUid sopClass, SopInstanceUid sopInstance)
      throws IOException {
    return invoke(
        Operation.N_DELETE,
        sopClass,
        requested(Operation.N_DELETE, sopClass, sopInstance),
        Dataset.empty());
  }

  private CommandSet requested(
      Operation operation, SopClassUid sopClass, SopInstanceUid sopInstance) {
    return association
        .request(operation)
        .uid(CommandTag.REQUESTED_SOP_CLASS_UID, sopClass.value().value())
        .uid(CommandTag.REQUESTED_SOP_INSTANCE_UID, sopInstance.value().value());
  }

  private NormalizedResult invoke(
      Operation operation, SopClassUid sopClass, CommandSet request, Dataset dataset)
      throws IOException {
    var syntax = abstractSyntax == null ? sopClass : abstractSyntax;
    var context = association.needContext(syntax.value().value());
    association.begin();
    try {
      if (dataset.isEmpty()) {
        association.messages().send(context, request);
      } else {
        association.messages().send(context, request, dataset);
      }
      var message = association.next();
      while (!ScuAssociation.isResponse(message)) {
        event(message);
        message = association.next();
      }
      var status = association.status(message, operation);
      var instance = message.command().text(CommandTag.AFFECTED_SOP_INSTANCE_UID);
      return new NormalizedResult(
          status,
          Uid.isValid(instance) ? SopInstanceUid.of(instance) : null,
          association.dataset(message));
    } finally {
      association.end();
    }
  }

  /**
   * Waits for one N-EVENT-REPORT on this association, as long as for a response, and has the event
   * handler answer it.
   */
  public void awaitEvent() throws IOException {
    association.begin();
    try {
      var message = association.next();
      if (ScuAssociation.isResponse(message)) {
        throw association.violation("a response to no request");
      }
      event(message);
    } finally {
      association.end();
    }
  }

  /**
   * The same, if an event comes within the time.
   *
   * @return whether one came
   */
  public boolean awaitEvent(Duration within) throws IOException {
    if (!association.messages().hasIncoming(within)) {
      return false;
    }
    awaitEvent();
    return true;
  }

  private void event(Incoming message) throws IOException {
    var command = message.command();
    var id = command.us(CommandTag.MESSAGE_ID);
    if (id.isEmpty()
        || command.us(CommandTag.COMMAND_FIELD).orElse(-1) != Operation.N_EVENT_REPORT.request()) {
      throw association.violation("a request that an SCU does not perform");
    }
    var exchange =
        new Exchange(
            association.messages(),
            message,
            Operation.N_EVENT_REPORT,
            id.getAsInt(),
            association.peer(),
            EventReports.none(association.messages()));
    try {
      if (events == null) {
        throw new DimseException(DimseStatus.NO_SUCH_EVENT_TYPE);
      }
      var sopClass = command.text(CommandTag.AFFECTED_SOP_CLASS_UID);
      NormalizedPerformer.perform(exchange, events, Set.of(sopClass));
    } catch (DimseException e) {
      exchange.finishReading();
      exchange.respond(e.status());
    }
  }

  /** Releases the association in order; it cannot be used afterwards. */
  public void release() throws IOException {
    association.release();
  }

  /** Aborts the association if it was not released. */
  @Override
  public void close() {
    association.abort();
  }
}
