package org.heliograph.node.query;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.MoveDestinations;
import org.heliograph.dicom.net.dimse.MoveOriginator;
import org.heliograph.dicom.net.dimse.Priority;
import org.heliograph.dicom.net.dimse.RetrieveHandler.MoveDestination;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Request;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.dimse.StorageSender;
import org.heliograph.dicom.net.dimse.StoredInstance;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Retry;
import org.heliograph.node.peer.PeerAddress;
import org.heliograph.node.peer.PeerConnections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the way to a C-MOVE's destination, again after a pause if it is busy or away, and once more
 * for an instance whose association broke: an instance that arrives twice is the same instance.
 */
final class Destinations implements MoveDestinations {
  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(300), Duration.ofSeconds(2));

  private final AeTitle own;
  private final StudyCatalog catalog;
  private final PeerConnections connections;

  Destinations(AeTitle own, StudyCatalog catalog, PeerConnections connections) {
    this.own = own;
    this.catalog = catalog;
    this.connections = connections;
  }

  @Override
  public Sender open(Request request, MoveDestination destination, Retrieval retrieval)
      throws IOException {
    var target =
        catalog.destination(QueryCaller.of(request.invocation().peer()), destination.aeTitle());
    return new Persistent(target, retrieval, request);
  }

  private final class Persistent implements Sender {
    private final PeerAddress target;
    private final Retrieval retrieval;
    private final Request request;
    private @Nullable Sender open;
    private @Nullable IOException hopeless;

    Persistent(PeerAddress target, Retrieval retrieval, Request request) {
      this.target = target;
      this.retrieval = retrieval;
      this.request = request;
    }

    @Override
    public DimseStatus store(StoredInstance instance, MoveOriginator originator)
        throws IOException {
      try {
        return sender().store(instance, originator);
      } catch (AssociationException e) {
        if (hopeless != null) {
          throw e;
        }
        LOG.info("event=move.association.lost destination={}", target.aeTitle().value());
        close();
        return sender().store(instance, originator);
      }
    }

    private Sender sender() throws IOException {
      if (hopeless != null) {
        throw hopeless; // the rest would wait as long for nothing
      }
      Sender ready = open;
      for (int attempt = 0; ready == null; attempt++) {
        try {
          ready = connect(request.invocation().priority());
          open = ready;
        } catch (IOException e) {
          LOG.warn(
              "event=move.destination.failed destination={} attempt={} cause={}",
              target.aeTitle().value(),
              attempt + 1,
              e.getClass().getSimpleName());
          boolean never = e instanceof AssociationException known && known.retry() == Retry.NEVER;
          if (never
              || attempt == PAUSES.size()
              || request.invocation().cancellation().isRequested()) {
            hopeless = e;
            throw e;
          }
          LockSupport.parkNanos(PAUSES.get(attempt).toNanos());
        }
      }
      return ready;
    }

    private Sender connect(Priority priority) throws IOException {
      return StorageSender.open(
          connections.over(
              target, StorageScu.to(target.host(), target.port(), own, target.aeTitle())),
          retrieval,
          priority);
    }

    @Override
    public void close() throws IOException {
      Sender ended = open;
      open = null;
      if (ended != null) {
        ended.close();
      }
    }
  }
}
