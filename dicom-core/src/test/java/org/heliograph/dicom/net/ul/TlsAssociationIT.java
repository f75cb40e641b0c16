package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.heliograph.dicom.net.ul.Association.Wait;
import org.heliograph.dicom.net.ul.TlsSettings.ClientCertificate;
import org.heliograph.dicom.net.ul.TlsSettings.HostName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends ours, over TLS with certificates that keytool made. */
@SuppressWarnings("NullAway.Init")
class TlsAssociationIT {
  private static final TlsProfile PROFILE = TlsProfile.BCP_195_RFC_8996_9325;
  @TempDir private static Path folder;
  private static TestCertificates certificates;

  @BeforeAll
  static void certificates() throws Exception {
    certificates = TestCertificates.in(folder);
  }

  @ParameterizedTest
  @EnumSource(TlsProfile.class)
  void messages_of_all_sizes_pass_under_each_profile(TlsProfile profile) throws Exception {
    try (var server = LoopbackServer.start(settings -> settings.tls(tls("server", profile)));
        var association = server.open(tls("client", profile))) {
      for (var length : new int[] {2, 100, 16_384, 131_072, 500_000}) {
        var message = new byte[length];
        new Random(length).nextBytes(message);
        assertThat(LoopbackServer.echo(association, message)).isEqualTo(message);
      }
      association.release();

      assertThat(server.nextEnd()).isEqualTo(new LoopbackServer.End("ended", null));
      assertThat(server.callers.remove().tls())
          .isNotNull()
          .satisfies(peer -> {
            assertThat(peer.protocol()).isEqualTo("TLSv1.3");
            assertThat(peer.cipherSuite()).isEqualTo(profile.cipherSuites().getFirst());
            assertThat(peer.subject()).isEqualTo("CN=client");
          });
      assertThat(association.caller().tls()).extracting(TlsPeer::subject).isEqualTo("CN=server");
    }
  }

  @Test
  void a_peer_of_tls_1_2_is_served_and_one_of_1_1_is_not() throws Exception {
    try (var server = LoopbackServer.start(with -> with.tls(tls("server", PROFILE)))) {
      try (var peer = raw(server, "TLSv1.2")) {
        peer.getOutputStream().write(PduEncoder.encode(LoopbackServer.proposal().toRequest()));
        assertThat(peer.getInputStream().read()).isEqualTo(2);
      }
      assertThat(server.nextEnd().what()).isEqualTo("ended");

      try (var peer = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        // a ClientHello of TLS 1.1 by hand: this JDK does not make one any more
        peer.getOutputStream().write(clientHello(0x02));
        assertThat(peer.getInputStream().readAllBytes()).startsWith(21, 3);
      }
      assertThat(server.nextEnd().cause())
          .isInstanceOf(AssociationException.TlsFailed.class)
          .hasMessageContaining("TLS");
    }
  }

  @Test
  void no_client_certificate_or_a_strangers_or_an_expired_one_is_refused() throws Exception {
    try (var server = LoopbackServer.start(with -> with.tls(tls("server", PROFILE)))) {
      for (var keys :
          new TlsKeys[] {
            certificates.trusting("ca"),
            certificates.keys("stranger", "ca"),
            certificates.keys("expired", "ca")
          }) {
        var client = TlsSettings.of(PROFILE, keys);

        assertThatThrownBy(() -> server.open(client))
            .isInstanceOfAny(
                AssociationException.TlsFailed.class, AssociationException.ConnectionLost.class);
        assertThat(server.nextEnd().cause())
            .isInstanceOf(AssociationException.TlsFailed.class)
            .matches(e -> ((AssociationException) e).retry() == Retry.NEVER);
      }
    }
  }

  @Test
  void a_server_of_another_authority_or_expired_or_of_another_name_is_refused() throws Exception {
    var client = tls("client", PROFILE);
    for (var name : new String[] {"stranger", "expired", "ca"}) {
      var keys = certificates.keys(name, "ca");
      try (var server = LoopbackServer.start(settings -> settings.tls(settingsOf(keys, PROFILE)))) {
        assertThatThrownBy(() -> server.open(client))
            .as(name)
            .isInstanceOf(AssociationException.TlsFailed.class);
      }
    }
  }

  @Test
  void a_name_that_is_not_checked_may_differ() throws Exception {
    var keys = certificates.keys("ca", "ca"); // it says nothing of localhost
    try (var server = LoopbackServer.start(settings -> settings.tls(settingsOf(keys, PROFILE)));
        var association = server.open(tls("client", PROFILE).hostName(HostName.NOT_CHECKED))) {
      assertThat(LoopbackServer.echo(association, new byte[] {1, 2})).containsExactly(1, 2);
    }
  }

  @Test
  void a_client_without_certificate_is_served_where_none_is_required() throws Exception {
    var client = TlsSettings.of(PROFILE, certificates.trusting("ca"));
    for (var demand :
        new ClientCertificate[] {ClientCertificate.WANTED, ClientCertificate.NOT_ASKED}) {
      try (var server =
              LoopbackServer.start(
                  settings -> settings.tls(tls("server", PROFILE).clientCertificate(demand)));
          var association = server.open(client)) {
        assertThat(LoopbackServer.echo(association, new byte[] {1, 2})).containsExactly(1, 2);
        assertThat(server.callers.remove().tls())
            .isNotNull()
            .satisfies(peer -> assertThat(peer.certificate()).isEmpty());
      }
    }
  }

  @Test
  void a_plain_peer_and_a_tls_server_end_with_a_clear_error_on_both_sides() throws Exception {
    try (var server = LoopbackServer.start(settings -> settings.tls(tls("server", PROFILE)))) {
      assertThatThrownBy(() -> server.open(null)).isInstanceOf(AssociationException.class);
      assertThat(server.nextEnd().cause()).isInstanceOf(AssociationException.TlsFailed.class);
    }
  }

  @Test
  void a_tls_peer_and_a_plain_server_end_with_a_clear_error_on_both_sides() throws Exception {
    try (var server = LoopbackServer.start(settings -> settings)) {
      assertThatThrownBy(() -> server.open(tls("client", PROFILE)))
          .isInstanceOf(AssociationException.class);
      assertThat(server.nextEnd().cause()).isInstanceOf(AssociationException.class);
    }
  }

  @Test
  void a_handshake_byte_by_byte_ends_at_artim_and_hinders_nobody() throws Exception {
    try (var server = LoopbackServer.start(settings -> settings.tls(tls("server", PROFILE)));
        var slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      var start = System.nanoTime();
      var dripping =
          Thread.startVirtualThread(() -> drip(slow, Arrays.copyOf(clientHello(0x03), 4096)));
      try (var association = server.open(tls("client", PROFILE))) {
        assertThat(LoopbackServer.echo(association, new byte[] {1, 2})).containsExactly(1, 2);
        association.release();
      }
      assertThat(List.of(server.nextEnd(), server.nextEnd()))
          .contains(new LoopbackServer.End("ended", null))
          .anyMatch(end -> end.cause() instanceof AssociationException.TimedOut);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(LoopbackServer.QUICK.artim().minusMillis(50), Duration.ofSeconds(5));
      dripping.join();
    }
  }

  @Test
  void a_server_that_never_answers_the_handshake_ends_at_the_connect_limit() throws Exception {
    var timeouts =
        new AssociationTimeouts(
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() ->
              Association.open(
                  new InetSocketAddress("localhost", silent.getLocalPort()),
                  LoopbackServer.proposal().toRequest(),
                  timeouts,
                  SocketFactory.getDefault(),
                  tls("client", PROFILE)))
          .isInstanceOf(AssociationException.TimedOut.class);
    }
  }

  @Test
  void a_peer_that_stops_reading_is_cut_off_at_the_write_deadline() throws Exception {
    try (var server = LoopbackServer.start(settings -> settings.tls(tls("server", PROFILE)));
        var association = server.open(tls("client", PROFILE))) {
      var big = new byte[900_000];
      assertThatThrownBy(
              () -> {
                while (true) { // echoes that nobody reads fill all buffers
                  association.send(1, Pdu.Pdv.Kind.COMMAND, big);
                  association.flush();
                }
              })
          .isInstanceOf(AssociationException.class);
      assertThat(server.nextEnd().cause()).isInstanceOf(AssociationException.class);
    }
  }

  @Test
  void closing_the_server_aborts_idle_associations_at_once_and_says_so() throws Exception {
    var server = LoopbackServer.start(settings -> settings.tls(tls("server", PROFILE)));
    try (var association = server.open(tls("client", PROFILE))) {
      LoopbackServer.echo(association, new byte[] {1, 2});
      var start = System.nanoTime();
      var closing = Thread.startVirtualThread(server::close);

      assertThatThrownBy(() -> association.next(Wait.FOR_RESPONSE))
          .isInstanceOf(AssociationException.AbortedByPeer.class);
      closing.join();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(server.nextEnd().cause()).isInstanceOf(AssociationException.Aborted.class);
    }
  }

  @Test
  void what_is_waiting_is_seen_through_tls_and_a_pause_loses_nothing() throws Exception {
    try (var server = LoopbackServer.start(settings -> settings.tls(tls("server", PROFILE)));
        var association = server.open(tls("client", PROFILE))) {
      assertThat(association.hasIncoming()).isFalse();
      association.send(1, Pdu.Pdv.Kind.COMMAND, new byte[] {1, 2});
      association.flush();
      var never = new CountDownLatch(1);
      for (var i = 0; i < 200 && !association.hasIncoming(); i++) {
        assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
      }
      assertThat(association.hasIncoming()).isTrue();
      assertThat(association.next(Wait.FOR_RESPONSE)).isNotNull();

      assertThat(never.await(1300, TimeUnit.MILLISECONDS)).isFalse(); // buffers are given back
      var message = new byte[40_000];
      new Random(4).nextBytes(message);
      assertThat(LoopbackServer.echo(association, message)).isEqualTo(message);
    }
  }

  @Test
  void keys_come_from_pkcs12_and_pem_in_memory() throws Exception {
    var pkcs12 =
        certificates.trusting("ca").withPkcs12(certificates.pkcs12(), TestCertificates.password());

    assertThat(pkcs12.hasKey()).isTrue();
    assertThat(pkcs12).hasToString("TlsKeys[***]");
    assertThatThrownBy(
            () -> TlsKeys.none().withPkcs12(certificates.pkcs12(), "wrong".toCharArray()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> TlsKeys.none().withTrusted("nothing"))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("no certificate");
    assertThatThrownBy(() ->
            TlsKeys.none().withKey(certificates.certificates("client"), "nothing", new char[0]))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("no private key");
  }

  private static TlsSettings tls(String name, TlsProfile profile) {
    try {
      return settingsOf(certificates.keys(name, "ca"), profile);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static TlsSettings settingsOf(TlsKeys keys, TlsProfile profile) {
    try {
      return TlsSettings.of(profile, keys);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A peer whose TLS has one version only. */
  private static SSLSocket raw(LoopbackServer server, String protocol) throws Exception {
    var keys = certificates.keys("client", "ca");
    var context = SSLContext.getInstance("TLS");
    context.init(keys.keyManagers(), keys.trustManagers(), null);
    var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port());
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private static void drip(Socket socket, byte[] bytes) {
    var never = new CountDownLatch(1);
    try {
      for (var value : bytes) {
        socket.getOutputStream().write(value);
        if (never.await(50, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (IOException _) {
      // the other side has had enough
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A ClientHello of TLS 1.x without extensions. */
  private static byte[] clientHello(int minor) {
    var random = "a random of thirty-two bytes, no!".getBytes(StandardCharsets.US_ASCII);
    var body = new ByteArrayOutputStream();
    body.write(3);
    body.write(minor);
    body.write(random, 0, 32);
    body.write(0); // session
    body.writeBytes(new byte[] {0, 2, (byte) 0xc0, 0x2f, 1, 0});
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {22, 3, 1, 0, (byte) (body.size() + 4), 1, 0, 0, (byte) body.size()});
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }
}
