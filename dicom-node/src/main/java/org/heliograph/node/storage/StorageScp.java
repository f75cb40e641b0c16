package org.heliograph.node.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseScp;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StoreRequest;
import org.heliograph.dicom.net.ul.AcceptorNegotiation;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.AssociationService;
import org.heliograph.dicom.net.ul.Caller;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.RejectReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides associations, hands instances to the sink, and maps its outcomes to DIMSE statuses: the
 * only place that does.
 */
final class StorageScp implements AssociationService {
  private static final Logger LOG = LoggerFactory.getLogger(StorageScp.class);

  private final NodeSettings settings;
  private final CallerPolicy callers;
  private final InstanceSink sink;
  private final List<NodeService> others;
  private final AcceptorNegotiation negotiation;
  private final Set<String> served = new HashSet<>();

  StorageScp(
      NodeSettings settings, CallerPolicy callers, InstanceSink sink, List<NodeService> services) {
    this.settings = settings;
    this.callers = callers;
    this.sink = sink;
    this.others = List.copyOf(services);
    negotiation = StorageContexts.negotiation(settings.maxPduLengthBytes(), others, Set.of());
    served.add(Uids.VerificationSopClass);
    services.forEach(service -> served.addAll(StorageContexts.abstractSyntaxes(service)));
  }

  @Override
  public Decision decide(Pdu.AssociateRq request, Caller caller) {
    if (!request.calledAe().equals(settings.aeTitle().value())) {
      return new Reject(RejectReason.CALLED_AE_TITLE_NOT_RECOGNIZED);
    }
    AeTitle calling;
    try {
      calling = new AeTitle(request.callingAe());
    } catch (IllegalArgumentException _) {
      return new Reject(RejectReason.CALLING_AE_TITLE_NOT_RECOGNIZED);
    }
    return switch (callers.admit(calling, settings.aeTitle(), caller.address())) {
      case CallerPolicy.Rejected(RejectReason reason) -> new Reject(reason);
      case CallerPolicy.Admitted _ -> negotiation(request).answer(request, caller);
    };
  }

  /** The usual one, unless SOP classes are proposed that the standard does not know. */
  private AcceptorNegotiation negotiation(Pdu.AssociateRq request) {
    var proposed =
        request.contexts().stream()
            .map(Pdu.ProposedContext::abstractSyntax)
            .filter(uid -> !Uids.isStorageSopClass(uid) && !served.contains(uid))
            .collect(Collectors.toSet());
    if (!proposed.isEmpty()) {
      proposed.retainAll(sink.furtherSopClasses());
    }
    return proposed.isEmpty()
        ? negotiation
        : StorageContexts.negotiation(settings.maxPduLengthBytes(), others, proposed);
  }

  @Override
  public void serve(long id, Association association) throws IOException {
    var calling = new AeTitle(association.callingAe());
    LOG.info(
        "event=association.opened association={} calling={} peer={} contexts={}",
        id,
        calling.value(),
        association.peer().getHostAddress(),
        association.acceptedContexts().size());
    var services =
        DimseServices.builder()
            .store((request, dataset) -> store(id, association, calling, request, dataset))
            .maxDatasetBytes(settings.maxInstanceBytes());
    others.forEach(other -> other.offer(services));
    DimseScp.serve(association, services.build());
  }

  private DimseStatus store(
      long id, Association association, AeTitle calling, StoreRequest request, InputStream dataset)
      throws IOException {
    var counted = new CountedInputStream(dataset);
    var instance =
        new IncomingInstance(
            id,
            calling,
            settings.aeTitle(),
            association.peer(),
            request.sopClass(),
            request.sopInstance(),
            request.transferSyntax(),
            counted,
            request.invocation().priority());
    return store(id, association, instance, counted);
  }

  private DimseStatus store(
      long id, Association association, IncomingInstance instance, CountedInputStream counted)
      throws IOException {
    var start = System.nanoTime();
    DimseStatus status;
    try {
      status = status(sink.receive(instance));
    } catch (IOException | RuntimeException e) {
      if (!association.isOpen()) {
        throw e;
      }
      // The exception's message may quote the data set, so only its class is logged.
      LOG.error(
          "event=instance.failed association={} bytes={} cause={}",
          id,
          counted.count(),
          e.getClass().getName());
      status =
          e instanceof IOException
              ? DimseStatus.OUT_OF_RESOURCES.withComment("not stored, try again later")
              : DimseStatus.PROCESSING_FAILURE.withComment("internal error, not stored");
    }
    LOG.debug(
        "event=instance.received association={} class={} syntax={} bytes={} ms={} status={}",
        id,
        instance.sopClass().value().value(),
        instance.transferSyntax().value().value(),
        counted.count(),
        millisSince(start),
        status.hex());
    return status;
  }

  private static DimseStatus status(StoreOutcome outcome) {
    return switch (outcome) {
      case StoreOutcome.Stored _, StoreOutcome.AlreadyStored _ -> DimseStatus.SUCCESS;
      case StoreOutcome.Quarantined(String comment) ->
          DimseStatus.COERCION_OF_DATA_ELEMENTS.withComment(comment);
      case StoreOutcome.OutOfResources(String comment) ->
          DimseStatus.OUT_OF_RESOURCES.withComment(comment);
      case StoreOutcome.DoesNotMatchSopClass(String comment) ->
          DimseStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS.withComment(comment);
      case StoreOutcome.NotAllowed(String comment) ->
          DimseStatus.NOT_AUTHORIZED.withComment(comment);
      case StoreOutcome.CannotUnderstand(String comment) ->
          DimseStatus.CANNOT_UNDERSTAND.withComment(comment);
    };
  }

  @Override
  public void rejected(long id, Pdu.AssociateRq request, InetAddress peer, RejectReason reason) {
    LOG.warn(
        "event=association.rejected association={} peer={} reason={}",
        id,
        peer.getHostAddress(),
        reason);
  }

  @Override
  public void refused(long id, InetAddress peer, IOException cause) {
    LOG.info(
        "event=connection.ended association={} peer={} cause={}",
        id,
        peer.getHostAddress(),
        cause.getClass().getSimpleName());
  }

  @Override
  public void ended(long id, Association association, @Nullable Exception cause) {
    switch (cause) {
      case null -> LOG.info("event=association.released association={}", id);
      case AssociationException e ->
          LOG.warn(
              "event=association.ended association={} cause={} detail=\"{}\"",
              id,
              e.getClass().getSimpleName(),
              e.getMessage());
      default ->
          LOG.error(
              "event=association.failed association={} cause={}", id, cause.getClass().getName());
    }
  }

  private static long millisSince(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
  }

  /** Counts what the sink read. */
  private static final class CountedInputStream extends InputStream {
    private final InputStream in;
    private long count;

    CountedInputStream(InputStream in) {
      this.in = in;
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      var value = in.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      var bytes = in.read(target, offset, length);
      count += Math.max(0, bytes);
      return bytes;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }
  }
}
