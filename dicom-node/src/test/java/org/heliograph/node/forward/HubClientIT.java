package org.heliograph.node.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.heliograph.dicom.net.ul.Retry;
import org.heliograph.node.emulator.LinkEmulator;
import org.heliograph.node.emulator.LinkShape;
import org.heliograph.node.forward.FakeHub.Fault;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the hub is, what its refusals mean, and how little a chunk costs beside its bytes. */
class HubClientIT {
  private static final UUID PARCEL = new UUID(1, 2);
  private static final String PASSWORD = "changeit";

  @TempDir static Path folder;

  private static KeyStore keys;
  private static HttpsServer server;

  @BeforeAll
  static void serve() throws Exception {
    Path file = folder.resolve("keys.p12");
    for (String name : List.of("hub", "gateway")) {
      keytool(
          "-genkeypair",
          "-alias",
          name,
          "-dname",
          "CN=" + name,
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-storetype",
          "PKCS12",
          "-keystore",
          file.toString(),
          "-storepass",
          PASSWORD,
          "-ext",
          "san=dns:hub.invalid");
    }
    keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
    SSLContext context = SSLContext.getInstance("TLS");
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(only("hub"), PASSWORD.toCharArray());
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trusting("gateway"));
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", HubClientIT::answer);
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static void keytool(String... options) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  /** The key of one of them, and nothing of the other. */
  private static KeyStore only(String name) throws Exception {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(
        name,
        keys.getKey(name, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        keys.getCertificateChain(name));
    return one;
  }

  private static KeyStore trusting(String name) throws Exception {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setCertificateEntry(name, keys.getCertificate(name));
    return one;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] state =
          ("{\"parcel\":\"" + PARCEL + "\",\"parts\":[],\"new\":1}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, state.length);
      exchange.getResponseBody().write(state);
    }
  }

  private static HubClient client(
      String host, String pin, @Nullable KeyStore trust, @Nullable String key) throws Exception {
    URI hub = URI.create("https://" + host + ":" + server.getAddress().getPort());
    return new HubClient(
        new HubAccess(
            List.of(new Route("line", hub, null, 1)),
            "hgg_test",
            pin,
            trust,
            key == null ? null : new HubAccess.ClientKey(only(key), PASSWORD)));
  }

  private static String pin(String name) throws Exception {
    byte[] key = keys.getCertificate(name).getPublicKey().getEncoded();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
  }

  @Test
  void trusts_the_pinned_key_and_shows_its_own_certificate() throws Exception {
    try (HubClient client = client("127.0.0.1", pin("hub"), null, "gateway")) {
      assertThat(client.state(PARCEL)).contains(new ParcelState(PARCEL, List.of()));
    }
  }

  @Test
  void does_not_speak_to_one_with_another_key() throws Exception {
    try (HubClient client = client("127.0.0.1", pin("gateway"), null, "gateway")) {
      assertThatThrownBy(() -> client.state(PARCEL)).isInstanceOf(HubException.NotTrusted.class);
    }
  }

  @Test
  void without_a_pin_the_name_must_be_the_certificates() throws Exception {
    try (HubClient client = client("127.0.0.1", "", trusting("hub"), "gateway")) {
      assertThatThrownBy(() -> client.state(PARCEL)).isInstanceOf(HubException.NotTrusted.class);
    }
    try (HubClient client = client("127.0.0.1", "", null, "gateway")) {
      assertThatThrownBy(() -> client.state(PARCEL)).isInstanceOf(HubException.NotTrusted.class);
    }
  }

  @Test
  void is_refused_without_its_certificate() throws Exception {
    try (HubClient client = client("127.0.0.1", pin("hub"), null, null)) {
      assertThatThrownBy(() -> client.state(PARCEL)).isInstanceOf(HubException.class);
    }
  }

  @Test
  void says_whether_to_ask_again_and_shows_only_codes() throws Exception {
    try (FakeHub hub = new FakeHub(() -> Fault.UNAVAILABLE);
        HubClient client = plain(hub.port())) {
      HubException e = catchThrowableOfType(HubException.class, () -> client.state(PARCEL));

      assertThat(e.retry()).isEqualTo(Retry.LATER);
      assertThat(e.code()).isEqualTo("TR-9999");
      assertThat(e).hasMessage("the hub answered 503 TR-9999").hasNoCause();
    }
    try (HubClient client = plain(1)) {
      HubException e = catchThrowableOfType(HubException.class, () -> client.state(PARCEL));

      assertThat(e.retry()).isEqualTo(Retry.NOW);
      assertThat(e.code()).isEqualTo("GW-LINK-DOWN");
    }
  }

  private static HubClient plain(int port) {
    return new HubClient(
        new HubAccess(SendingGateway.to(port), "hgg_" + "x".repeat(43), "", null, null));
  }

  @Test
  void a_chunk_costs_few_bytes_beside_its_own() throws Exception {
    var parcels = new TestParcels(folder, 7);
    OutgoingParcel parcel = parcels.add(Urgency.ROUTINE, Instant.EPOCH, 50_000);
    var shape = new LinkShape(10e6, 10e6, Duration.ZERO, Duration.ZERO);
    try (FakeHub hub = new FakeHub(() -> Fault.NONE);
        LinkEmulator link = LinkEmulator.to(hub.port(), shape, 1);
        HubClient client = plain(link.port())) {
      TestParcels.TestParcel contents = parcels.get(parcel.id());
      client.announce(contents.manifest());
      long before = link.totals().upBytes();
      Path file = contents.file(0);
      var throttle = new Throttle(BandwidthPlan.FREE, InstantSource.system(), Ticker.SYSTEM);
      var body = new ChunkBody(file, 0, 50_000, throttle, Urgency.ROUTINE, Ticker.SYSTEM);
      byte[] digest = FakeHub.sha256(Files.readAllBytes(file));

      ChunkAnswer answer =
          HubClient.chunkAnswer(
              client.patch(client.lines().current(), parcel.id(), 0, 0, digest, body).get());

      assertThat(answer).isEqualTo(new ChunkAnswer.Taken(50_000, 50_000));
      assertThat(link.totals().upBytes() - before - 50_000).isLessThan(550);
    }
  }
}
