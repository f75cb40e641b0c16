package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.net.dimse.RetrieveHandler.MoveDestination;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Request;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;
import org.heliograph.dicom.net.dimse.RetrieveHandler.SameAssociation;
import org.heliograph.dicom.net.dimse.RetrieveHandler.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Performs C-MOVE and C-GET (PS3.7 9.3.3, 9.3.4, PS3.4 C.4.2.3, C.4.3.3): one C-STORE sub-operation
 * after the other, a pending response after each, and the failed ones named at the end.
 */
final class RetrievePerformer {
  /** Failed SOP Instance UID List must fit a two-byte length (PS3.5 7.1.2). */
  private static final int MAX_FAILED_LIST_BYTES = 65_534;

  private final Exchange exchange;
  private final Retrieval retrieval;
  private final List<String> failed = new ArrayList<>();
  private SubOperations counts;
  private int failedListBytes;

  private RetrievePerformer(Exchange exchange, Retrieval retrieval) {
    this.exchange = exchange;
    this.retrieval = retrieval;
    counts = new SubOperations(retrieval.size(), 0, 0, 0);
  }

  static void get(Exchange exchange, @Nullable RetrieveHandler handler, DimseMessages messages)
      throws IOException {
    var service = Queries.check(exchange, handler);
    var request =
        new Request(
            exchange.invocation(),
            SopClassUid.of(exchange.context().abstractSyntax()),
            new SameAssociation(),
            exchange.readDataset());
    try (var retrieval = service.retrieve(request);
        var sender = new SubOperationSender(exchange, retrieval, messages)) {
      new RetrievePerformer(exchange, retrieval).run(sender);
    }
  }

  static void move(Exchange exchange, DimseServices.@Nullable Move move) throws IOException {
    var service = Queries.check(exchange, move);
    var keys = exchange.readDataset();
    MoveDestination destination;
    try {
      destination =
          new MoveDestination(new AeTitle(exchange.command().text(CommandTag.MOVE_DESTINATION)));
    } catch (IllegalArgumentException _) {
      throw new DimseException(DimseStatus.MOVE_DESTINATION_UNKNOWN);
    }
    var request =
        new Request(
            exchange.invocation(),
            SopClassUid.of(exchange.context().abstractSyntax()),
            destination,
            keys);
    try (var retrieval = service.handler().retrieve(request)) {
      var performer = new RetrievePerformer(exchange, retrieval);
      if (retrieval.size() == 0) {
        performer.respondLast(DimseStatus.SUCCESS);
        return;
      }
      try (var sender = open(service.destinations(), request, destination, retrieval)) {
        performer.run(sender);
      }
    }
  }

  private static MoveDestinations.Sender open(
      MoveDestinations destinations,
      Request request,
      MoveDestination destination,
      Retrieval retrieval)
      throws DimseException {
    try {
      return destinations.open(request, destination, retrieval);
    } catch (DimseException e) {
      throw e;
    } catch (IOException e) {
      return new Unreachable(e);
    }
  }

  /** A destination that could not be reached: everything fails, and is named. */
  private record Unreachable(IOException cause) implements MoveDestinations.Sender {
    @Override
    public DimseStatus store(StoredInstance instance, MoveOriginator originator)
        throws IOException {
      throw cause;
    }

    @Override
    public void close() {}
  }

  private void run(MoveDestinations.Sender sender) throws IOException {
    var originator = originator();
    while (!exchange.isRequested()) {
      StoredInstance instance;
      try {
        instance = retrieval.next();
      } catch (UnavailableException e) {
        failed(e.sopInstance().value().value());
        respondPending();
        continue;
      } catch (IOException e) {
        if (!exchange.isOpen()) {
          throw e;
        }
        respondLast(DimseStatus.UNABLE_TO_PERFORM_SUB_OPERATIONS);
        return;
      }
      if (instance == null) {
        respondLast(outcome());
        return;
      }
      store(sender, instance, originator);
      respondPending();
    }
    respondLast(DimseStatus.CANCEL);
  }

  private MoveOriginator originator() {
    AeTitle title;
    try {
      title = new AeTitle(exchange.peer().callingAe());
    } catch (IllegalArgumentException _) {
      title = new AeTitle("ANONYMOUS");
    }
    return new MoveOriginator(title, exchange.messageId());
  }

  private void store(
      MoveDestinations.Sender sender, StoredInstance instance, MoveOriginator originator)
      throws IOException {
    DimseStatus status;
    try {
      status = sender.store(instance, originator);
    } catch (IOException e) {
      if (!exchange.isOpen()) {
        throw e;
      }
      status = DimseStatus.PROCESSING_FAILURE;
    }
    if (status.isAccepted()) {
      counts = counts.add(status);
    } else {
      failed(instance.sopInstance().value().value());
    }
  }

  private void failed(String sopInstance) {
    counts = counts.add(DimseStatus.PROCESSING_FAILURE);
    if (failedListBytes + sopInstance.length() + 1 <= MAX_FAILED_LIST_BYTES) {
      failedListBytes += sopInstance.length() + 1;
      failed.add(sopInstance);
    }
  }

  private DimseStatus outcome() {
    if (counts.failed() == 0 && counts.warning() == 0) {
      return DimseStatus.SUCCESS;
    }
    return counts.completed() == 0 && counts.warning() == 0
        ? DimseStatus.UNABLE_TO_PERFORM_SUB_OPERATIONS
        : DimseStatus.SUB_OPERATIONS_COMPLETE_WITH_FAILURES;
  }

  private void respondPending() throws IOException {
    if (counts.remaining() > 0) {
      var response = exchange.response(DimseStatus.PENDING);
      response.us(
          CommandTag.NUMBER_OF_REMAINING_SUBOPERATIONS,
          Math.min(SubOperations.MAX, counts.remaining()));
      counts.writeTo(response);
      exchange.respond(response);
    }
  }

  private void respondLast(DimseStatus status) throws IOException {
    var response = exchange.response(status);
    counts.writeTo(response);
    if (status.category() == DimseStatus.Category.CANCEL) {
      response.us(
          CommandTag.NUMBER_OF_REMAINING_SUBOPERATIONS,
          Math.min(SubOperations.MAX, counts.remaining()));
    }
    if (failed.isEmpty()) {
      exchange.respond(response);
    } else {
      exchange.respond(
          response,
          Dataset.builder()
              .string(Tag.FailedSOPInstanceUIDList, failed.toArray(String[]::new))
              .build());
    }
  }
}
