package org.heliograph.dicom.net.ul;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    return read(association, Wait.FOR_RESPONSE)
        .orElseThrow(() -> new AssertionError("release instead of an echo"));
  }

  private static Optional<byte[]> read(Association association, Wait wait) throws IOException {
    var message = ByteBuffer.allocate(1 << 20);
    var how = wait;
    while (true) {
      var value = association.next(how);
      if (value == null) {
        return Optional.empty();
      }
      message.put(value.data());
      if (value.isLast()) {
        var bytes = new byte[message.position()];
        message.flip().get(bytes);
        return Optional.of(bytes);
      }
      how = Wait.WITHIN_MESSAGE;
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
      var message = read(association, Wait.BETWEEN_MESSAGES);
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
