package org.heliograph.dicom.net.dimse;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.AcceptorNegotiation;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.AssociationServer;
import org.heliograph.dicom.net.ul.AssociationService;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.Caller;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.jspecify.annotations.Nullable;

/** Services at a free port of the loopback address. */
final class TestScp implements AssociationService, AutoCloseable {
  static final int MAX_PDU = 128 * 1024;
  static final AeTitle TITLE = new AeTitle("TESTSCP");
  static final AeTitle CALLER = new AeTitle("TESTSCU");

  private final DimseServices services;
  private final AcceptorNegotiation negotiation;
  private final AssociationServer server;

  /** Why associations ended that were not released. */
  final Queue<Exception> causes = new ConcurrentLinkedQueue<>();

  private TestScp(DimseServices services, @Nullable TlsSettings tls) throws IOException {
    this.services = services;
    negotiation = services.negotiation(MAX_PDU).build();
    var settings =
        AssociationServer.Settings.defaults()
            .timeouts(
                AssociationTimeouts.defaults()
                    .withArtim(Duration.ofSeconds(2))
                    .withGap(Duration.ofSeconds(5)))
            .closeGrace(Duration.ofSeconds(2));
    server = AssociationServer.start(tls == null ? settings : settings.tls(tls), this);
  }

  static TestScp start(DimseServices.Builder services, TlsSettings tls) throws IOException {
    return new TestScp(services.build(), tls);
  }

  static TestScp start(DimseServices.Builder services) throws IOException {
    return new TestScp(services.build(), null);
  }

  int port() {
    return server.port();
  }

  @Override
  public Decision decide(Pdu.AssociateRq request, Caller caller) {
    return negotiation.answer(request, caller);
  }

  @Override
  public void serve(long id, Association association) throws IOException {
    DimseScp.serve(association, services);
  }

  @Override
  public void ended(long id, Association association, @Nullable Exception cause) {
    if (cause != null) {
      causes.add(cause);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
