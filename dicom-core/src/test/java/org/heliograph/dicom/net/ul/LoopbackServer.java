package org.heliograph.dicom.net.ul;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.jspecify.annotations.Nullable;

/** A server that sends each message back as it came, and tells how its associations went. */
final class LoopbackServer implements AssociationService, AutoCloseable {
  static final AssociationTimeouts QUICK =
      AssociationTimeouts.defaults()
          .withArtim(Duration.ofMillis(1500))
          .withPdu(Duration.ofMillis(1500))
          .withGap(Duration.ofSeconds(3))
          .withIdle(Duration.ofSeconds(10));
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How one connection ended; a null cause is a release in order. */
  record End(String what, @Nullable Exception cause) {}

  final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
  final BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AcceptorNegotiation negotiation;
  private final AssociationServer server;

  private LoopbackServer(AssociationServer.Settings settings) throws IOException {
    negotiation =
        AcceptorNegotiation.builder(settings.maxPduLengthBytes())
            .support(Uids.VerificationSopClass, List.of(Uids.ImplicitVrLittleEndian))
            .build();
    server = AssociationServer.start(settings, this);
  }

  static LoopbackServer start(UnaryOperator<AssociationServer.Settings> change) throws IOException {
    return new LoopbackServer(
        change.apply(
            AssociationServer.Settings.defaults()
                .timeouts(QUICK)
                .closeGrace(Duration.ofSeconds(5))));
  }

  int port() {
    return server.port();
  }

  int associations() {
    return server.associations();
  }

  /** What became of a connection, in the order of their ends. */
  End nextEnd() throws InterruptedException {
    return Optional.ofNullable(ends.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
        .orElseThrow(() -> new AssertionError("no connection ended in time"));
  }

  static AssociationProposal proposal() {
    return AssociationProposal.of(new AeTitle("CALLING"), new AeTitle("CALLED"))
        .propose(Uids.VerificationSopClass, List.of(Uids.ImplicitVrLittleEndian));
  }

  Association open(@Nullable TlsSettings tls) throws IOException {
    return open(proposal(), tls);
  }

  Association open(AssociationProposal proposal, @Nullable TlsSettings tls) throws IOException {
    return Association.open(
        new InetSocketAddress("localhost", port()),
        proposal.toRequest(),
        QUICK,
        SocketFactory.getDefault(),
        tls);
  }

  /** Sends a message and reads it back. */
  static byte[] echo(Association association, byte[] message) throws IOException {
    association.send(1, Pdu.Pdv.Kind.COMMAND, message);
    association.flush();
    var first = association.next(Wait.FOR_RESPONSE);
    if (first == null) {
      throw new AssertionError("release instead of an echo");
    }
    return rest(association, first);
  }

  /** How many messages have begun and not ended. */
  int inFlight() {
    return inFlight.get();
  }

  private Optional<byte[]> message(Association association) throws IOException {
    var first = association.next(Wait.BETWEEN_MESSAGES);
    if (first == null) {
      return Optional.empty();
    }
    inFlight.incrementAndGet();
    try {
      return Optional.of(rest(association, first));
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private static byte[] rest(Association association, Pdu.Pdv first) throws IOException {
    var message = new ByteArrayOutputStream();
    var value = first;
    while (true) {
      var part = new byte[value.data().remaining()];
      value.data().get(part);
      message.writeBytes(part);
      if (value.isLast()) {
        return message.toByteArray();
      }
      var following = association.next(Wait.WITHIN_MESSAGE);
      if (following == null) {
        throw association.violation("release within a message");
      }
      value = following;
    }
  }

  @Override
  public Decision decide(Pdu.AssociateRq request, Caller caller) {
    callers.add(caller);
    return negotiation.answer(request, caller);
  }

  @Override
  public void serve(long id, Association association) throws IOException {
    while (true) {
      var message = message(association);
      if (message.isEmpty()) {
        association.confirmRelease();
        return;
      }
      association.send(1, Pdu.Pdv.Kind.COMMAND, message.get());
      association.flush();
    }
  }

  @Override
  public void rejected(long id, Pdu.AssociateRq request, InetAddress peer, RejectReason reason) {
    ends.add(new End("rejected " + reason, null));
  }

  @Override
  public void refused(long id, InetAddress peer, IOException cause) {
    ends.add(new End("refused", cause));
  }

  @Override
  public void ended(long id, Association association, @Nullable Exception cause) {
    ends.add(new End("ended", cause));
  }

  @Override
  public void close() {
    server.close();
  }
}
