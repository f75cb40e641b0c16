package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.Set;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.jspecify.annotations.Nullable;

/** Performs the DIMSE-N operations (PS3.7 Section 10.3). */
final class NormalizedPerformer {
  private NormalizedPerformer() {}

  static void perform(Exchange exchange, DimseServices.@Nullable Normalized service)
      throws IOException {
    if (service == null) {
      throw new DimseException(DimseStatus.UNRECOGNIZED_OPERATION);
    }
    perform(exchange, service.handler(), service.sopClasses());
  }

  static void perform(Exchange exchange, NormalizedHandler handler, Set<String> sopClasses)
      throws IOException {
    var request = request(exchange, sopClasses);
    respond(exchange, request, handler.perform(request));
  }

  private static NormalizedRequest request(Exchange exchange, Set<String> sopClasses)
      throws IOException {
    var command = exchange.command();
    var affected =
        switch (exchange.operation()) {
          case N_CREATE, N_EVENT_REPORT -> true;
          default -> false;
        };
    var sopClassUid =
        command.text(
            affected ? CommandTag.AFFECTED_SOP_CLASS_UID : CommandTag.REQUESTED_SOP_CLASS_UID);
    if (!sopClasses.contains(sopClassUid) || !Uid.isValid(sopClassUid)) {
      throw new DimseException(DimseStatus.NO_SUCH_SOP_CLASS);
    }
    var sopClass = SopClassUid.of(sopClassUid);
    var instance =
        instance(
            command.text(
                affected
                    ? CommandTag.AFFECTED_SOP_INSTANCE_UID
                    : CommandTag.REQUESTED_SOP_INSTANCE_UID));
    var invocation = exchange.invocation();
    return switch (exchange.operation()) {
      case N_CREATE ->
          new NormalizedRequest.Create(invocation, sopClass, instance, exchange.readDataset());
      case N_SET ->
          new NormalizedRequest.Set(
              invocation, sopClass, named(instance), mandatory(exchange).readDataset());
      case N_GET -> {
        none(exchange);
        var tags = command.tags(CommandTag.ATTRIBUTE_IDENTIFIER_LIST);
        if (tags == null) {
          throw new DimseException(DimseStatus.MISTYPED_ARGUMENT);
        }
        yield new NormalizedRequest.Get(invocation, sopClass, named(instance), tags);
      }
      case N_ACTION ->
          new NormalizedRequest.Action(
              invocation,
              sopClass,
              named(instance),
              type(command, CommandTag.ACTION_TYPE_ID),
              exchange.readDataset());
      case N_EVENT_REPORT ->
          new NormalizedRequest.EventReport(
              invocation,
              sopClass,
              named(instance),
              type(command, CommandTag.EVENT_TYPE_ID),
              exchange.readDataset());
      case N_DELETE -> {
        none(exchange);
        yield new NormalizedRequest.Delete(invocation, sopClass, named(instance));
      }
      default -> throw new IllegalStateException("not a DIMSE-N operation");
    };
  }

  private static @Nullable SopInstanceUid instance(String uid) throws DimseException {
    if (uid.isEmpty()) {
      return null;
    }
    if (!Uid.isValid(uid)) {
      throw new DimseException(
          DimseStatus.INVALID_OBJECT_INSTANCE.withComment("not a valid SOP Instance UID"));
    }
    return SopInstanceUid.of(uid);
  }

  private static SopInstanceUid named(@Nullable SopInstanceUid instance) throws DimseException {
    if (instance == null) {
      throw new DimseException(
          DimseStatus.INVALID_OBJECT_INSTANCE.withComment("request names no SOP instance"));
    }
    return instance;
  }

  private static Exchange mandatory(Exchange exchange) throws DimseException {
    if (!exchange.command().hasDataSet()) {
      throw new DimseException(
          DimseStatus.MISTYPED_ARGUMENT.withComment("request without attribute list"));
    }
    return exchange;
  }

  private static void none(Exchange exchange) throws DimseException {
    if (exchange.command().hasDataSet()) {
      throw new DimseException(
          DimseStatus.MISTYPED_ARGUMENT.withComment("request with a data set"));
    }
  }

  private static int type(CommandSet command, int element) throws DimseException {
    var type = command.us(element);
    if (type.isEmpty()) {
      throw new DimseException(DimseStatus.MISTYPED_ARGUMENT.withComment("request without type"));
    }
    return type.getAsInt();
  }

  private static void respond(Exchange exchange, NormalizedRequest request, NormalizedResult result)
      throws IOException {
    var status = result.status();
    var made = result.sopInstance();
    if (request instanceof NormalizedRequest.Create create
        && status.isAccepted()
        && create.sopInstance() == null
        && made == null) {
      throw new IllegalStateException("N-CREATE succeeded without a SOP Instance UID");
    }
    var response = exchange.response(status);
    if (made != null) {
      response.uid(CommandTag.AFFECTED_SOP_INSTANCE_UID, made.value().value());
    }
    if (status.isAccepted()) {
      switch (request) {
        case NormalizedRequest.Action action ->
            response.us(CommandTag.ACTION_TYPE_ID, action.actionType());
        case NormalizedRequest.EventReport report ->
            response.us(CommandTag.EVENT_TYPE_ID, report.eventType());
        case NormalizedRequest.Create _,
            NormalizedRequest.Set _,
            NormalizedRequest.Get _,
            NormalizedRequest.Delete _ -> {}
      }
    }
    if (result.dataset().isEmpty()) {
      exchange.respond(response);
    } else {
      exchange.respond(response, result.dataset());
    }
  }
}
