package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.net.ul.AcceptorNegotiation;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.AssociationServer;
import org.heliograph.dicom.net.ul.AssociationService;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.Caller;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.dicom.net.ul.TestCertificates;
import org.heliograph.dicom.net.ul.TlsPeer;
import org.heliograph.dicom.net.ul.TlsProfile;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** dcmtk over TLS and with PDUs of all sizes, both ways. */
@SuppressWarnings("NullAway.Init")
class DcmtkTransportIT {
  private static final AssociationTimeouts QUICK =
      AssociationTimeouts.defaults().withArtim(Duration.ofSeconds(3));
  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static Dataset image;

  private final TestArchive archive = new TestArchive();

  @BeforeAll
  static void prepare() throws Exception {
    Peer.need("echoscu", "storescu", "storescp");
    certificates = TestCertificates.in(folder);
    for (var name : List.of("ca", "other", "server", "client", "expired", "stranger")) {
      certificates.certificateFile(name);
      certificates.keyFile(name);
    }
    var pixels = new byte[500 * 500];
    new Random(1).nextBytes(pixels);
    image =
        TestArchive.image("2.25.1", "2.25.2").toBuilder()
            .integer(Tag.Rows, 500)
            .integer(Tag.Columns, 500)
            .bytes(Tag.PixelData, Vr.OW, pixels)
            .build();
    TestArchive.file(folder, TestArchive.stored(image, Uids.ExplicitVrLittleEndian));
  }

  /** Our SCP, and what it saw of its peers. */
  private static final class Scp implements AssociationService, AutoCloseable {
    final BlockingQueue<TlsPeer> peers = new LinkedBlockingQueue<>();
    final BlockingQueue<IOException> refused = new LinkedBlockingQueue<>();
    private final DimseServices services;
    private final AcceptorNegotiation negotiation;
    private final AssociationServer server;

    Scp(TestArchive archive, int maxPdu, @Nullable TlsSettings tls) throws IOException {
      services = archive.services().build();
      negotiation = services.negotiation(maxPdu).build();
      server =
          AssociationServer.start(
              AssociationServer.Settings.defaults()
                  .maxPduLengthBytes(maxPdu)
                  .timeouts(QUICK)
                  .tls(tls),
              this);
    }

    @Override
    public Decision decide(Pdu.AssociateRq request, Caller caller) {
      var tls = caller.tls();
      if (tls != null) {
        peers.add(tls);
      }
      return negotiation.answer(request, caller);
    }

    @Override
    public void serve(long id, Association association) throws IOException {
      DimseScp.serve(association, services);
    }

    @Override
    public void refused(long id, InetAddress peer, IOException cause) {
      refused.add(cause);
    }

    @Override
    public void close() {
      server.close();
    }

    Peer.Result run(String program, List<String> options, String... files) throws Exception {
      var arguments = new ArrayList<>(List.of("-v", "-aec", "SCP"));
      arguments.addAll(options);
      arguments.addAll(List.of("localhost", "" + server.port()));
      arguments.addAll(List.of(files));
      return Peer.run(folder, program, arguments);
    }
  }

  private static List<String> tls(String name, String trusted, String... options) {
    var all = new ArrayList<>(List.of("+tls", name + "-key.pem", name + "-cert.pem"));
    all.addAll(List.of("+cf", trusted + "-cert.pem"));
    all.addAll(List.of(options));
    return all;
  }

  private static TlsSettings ours(String name, TlsProfile profile) throws Exception {
    return TlsSettings.of(profile, certificates.keys(name, "ca"));
  }

  @ParameterizedTest
  @CsvSource({
    "BCP_195_RFC_8996_9325, +py",
    "BCP_195_RFC_8996_9325, +px",
    "BCP_195_RFC_8996_9325, +pz",
    "MODIFIED_BCP_195_RFC_8996_9325, +pz",
    "NON_DOWNGRADING_BCP_195, +py"
  })
  void echoscu_and_storescu_come_with_their_certificate(TlsProfile profile, String option)
      throws Exception {
    try (var scp = new Scp(archive, 131_072, ours("server", profile))) {
      var echo = scp.run("echoscu", tls("client", "ca", "-rc", option));
      assertThat(echo.exitCode()).as(echo.output()).isZero();

      var store = scp.run("storescu", tls("client", "ca", option, "-xe"), "2.25.2.dcm");
      assertThat(store.exitCode()).as(store.output()).isZero();
      assertThat(archive.held)
          .singleElement()
          .extracting(TestArchive.Held::header)
          .isEqualTo(image);
      assertThat(scp.peers).hasSize(2).allMatch(peer -> peer.subject().equals("CN=client"));
    }
  }

  @Test
  void peers_that_are_not_trusted_or_do_not_speak_our_tls_are_refused() throws Exception {
    try (var scp = new Scp(archive, 131_072, ours("server", TlsProfile.BCP_195_RFC_8996_9325))) {
      for (var options :
          List.of(
              tls("stranger", "ca"),
              tls("expired", "ca"),
              tls("client", "other"),
              tls("client", "ca", "+pa"),
              List.of("+tla", "-ic"),
              List.of("-tls", "-ta", "3"))) {
        var echo = scp.run("echoscu", options);

        assertThat(echo.exitCode()).as(options + echo.output()).isNotZero();
        assertThat(scp.refused.poll(20, TimeUnit.SECONDS))
            .as(options + echo.output())
            .isInstanceOf(AssociationException.class);
      }
      assertThat(scp.peers).isEmpty();
    }
  }

  private static Peer storescp(Path out, List<String> options) throws Exception {
    var port = Peer.freePort();
    var arguments = new ArrayList<>(List.of("-od", out.toString()));
    arguments.addAll(options);
    arguments.add("" + port);
    return Peer.serve(folder, port, "storescp", arguments);
  }

  private StorageScu.Builder scu(Peer peer) {
    return StorageScu.to("localhost", peer.port(), new AeTitle("OURS"), new AeTitle("STORESCP"))
        .timeouts(QUICK);
  }

  private void storeAndCompare(StorageScu.Builder to, Path out, String syntax) throws Exception {
    var instance = TestArchive.stored(image, syntax);
    try (var scu = to.propose(instance.sopClass(), instance.transferSyntax()).open()) {
      assertThat(scu.store(instance, Priority.MEDIUM, null).code()).isZero();
      scu.release();
    }
    try (var files = Files.list(out);
        var dataset = instance.dataset().open()) {
      var stored = Files.readAllBytes(files.findFirst().orElseThrow());
      var sent = dataset.readAllBytes();
      assertThat(stored).endsWith(sent);
    }
  }

  @ParameterizedTest
  @EnumSource(TlsProfile.class)
  void storescp_takes_ours_over_tls(TlsProfile profile) throws Exception {
    var out = Files.createTempDirectory(folder, "out");
    try (var peer = storescp(out, tls("server", "ca", "-rc"))) {
      storeAndCompare(scu(peer).tls(ours("client", profile)), out, Uids.ExplicitVrLittleEndian);
    }
  }

  @Test
  void a_storescp_of_another_authority_and_one_without_tls_are_refused() throws Exception {
    var out = Files.createTempDirectory(folder, "out");
    var client = ours("client", TlsProfile.BCP_195_RFC_8996_9325);
    try (var stranger = storescp(out, tls("stranger", "ca", "-rc"));
        var plain = storescp(out, List.of())) {
      assertThatThrownBy(() -> scu(stranger).proposeVerification().tls(client).open())
          .isInstanceOf(AssociationException.TlsFailed.class);
      assertThatThrownBy(() -> scu(plain).proposeVerification().tls(client).open())
          .isInstanceOf(AssociationException.class);
    }
  }

  @Test
  void a_storescp_that_does_not_trust_us_ends_with_a_clear_error() throws Exception {
    var out = Files.createTempDirectory(folder, "out");
    try (var peer = storescp(out, tls("server", "other", "-rc"))) {
      assertThatThrownBy(() ->
              scu(peer)
                  .proposeVerification()
                  .tls(ours("client", TlsProfile.BCP_195_RFC_8996_9325))
                  .open())
          .isInstanceOf(AssociationException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096, -xe",
    "4096, 131072, -xi",
    "131072, 4096, -xi",
    "131072, 131072, -xe",
    "0, 131072, -xe",
    "4096, 4096, -xb",
    "512, 16384, -xe"
  })
  void storescu_sends_in_pdus_of_any_size(int ourMax, int theirMax, String syntax)
      throws Exception {
    try (var scp = new Scp(archive, ourMax, null)) {
      var store = scp.run("storescu", List.of("-pdu", "" + theirMax, syntax), "2.25.2.dcm");

      assertThat(store.exitCode()).as(store.output()).isZero();
      assertThat(archive.held)
          .singleElement()
          .extracting(TestArchive.Held::header)
          .isEqualTo(image);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 1.2.840.10008.1.2.1, +x=", "131072, 1.2.840.10008.1.2.1, +xe",
    "4096, 1.2.840.10008.1.2, +xi", "131072, 1.2.840.10008.1.2, +xi"
  })
  void storescp_takes_ours_in_pdus_of_any_size(int theirMax, String syntax, String option)
      throws Exception {
    var out = Files.createTempDirectory(folder, "out");
    try (var peer = storescp(out, List.of("-pdu", "" + theirMax, option))) {
      storeAndCompare(scu(peer), out, syntax);
    }
  }

  @Test
  void echoscu_may_propose_128_contexts_of_38_transfer_syntaxes_each() throws Exception {
    try (var scp = new Scp(archive, 131_072, null)) {
      var echo = scp.run("echoscu", List.of("-pts", "38", "-ppc", "128"));

      assertThat(echo.exitCode()).as(echo.output()).isZero();
    }
  }
}
