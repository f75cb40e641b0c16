package org.heliograph.node.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.heliograph.node.link.Enrolment;
import org.heliograph.node.link.GatewayStatus;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.LinkJson;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.ManifestInstance;
import org.heliograph.node.link.Messages;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.UploadHeader;
import org.jspecify.annotations.Nullable;

/** The hub's side of the contract without faults: takes parcels, signs for what is whole, tells. */
final class SmallHub implements AutoCloseable {
  static final String SECRET = "one-time-secret";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyPair key;
  private final UUID gateway = UUID.randomUUID();
  private final Map<UUID, Parcel> parcels = new ConcurrentHashMap<>();
  private final List<HubMessage> messages = new ArrayList<>();

  /** Tokens that were enrolled. */
  final List<String> tokens = new CopyOnWriteArrayList<>();

  final List<GatewayStatus> told = new CopyOnWriteArrayList<>();
  final List<ManifestInstance> stored = new CopyOnWriteArrayList<>();
  volatile byte[] report = new byte[0];

  /** One parcel: how many bytes of each part there are. */
  private static final class Parcel {
    private final Manifest manifest;
    private final Map<Integer, MessageDigest> digests = new ConcurrentHashMap<>();
    private final Map<Integer, Long> offsets = new ConcurrentHashMap<>();

    Parcel(Manifest manifest) {
      this.manifest = manifest;
      manifest.parts().forEach(part -> offsets.put(part.number(), 0L));
    }

    boolean isWhole(Manifest.Part part) {
      return offsets.getOrDefault(part.number(), 0L) == part.lengthBytes();
    }

    ParcelState state() {
      return new ParcelState(
          manifest.parcel(),
          manifest.parts().stream()
              .map(part -> {
                long offset = offsets.getOrDefault(part.number(), 0L);
                return new ParcelState.PartState(part.number(), offset, offset, isWhole(part));
              })
              .toList());
    }
  }

  SmallHub(int port) throws IOException, GeneralSecurityException {
    key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.setExecutor(threads);
    server.createContext(LinkPaths.BASE, this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String code() {
    String json =
        "{\"u\":[\"http://127.0.0.1:" + port() + "\"],\"c\":\"" + SECRET + "\",\"p\":\"\"}";
    return "hge1."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  synchronized long next() {
    return messages.size() + 1L;
  }

  synchronized void tell(HubMessage message) {
    messages.add(message);
    notifyAll();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(LinkPaths.BASE.length() + 1);
      String[] steps = path.split("/");
      switch (steps[0]) {
        case "enrolment" -> enrol(exchange);
        case "parcels" -> parcel(exchange, steps);
        case "messages" -> messages(exchange);
        case "status" -> {
          told.add(read(exchange.getRequestBody().readAllBytes(), GatewayStatus.class));
          exchange.sendResponseHeaders(204, -1);
        }
        case "worklist" -> conditional(exchange, "[]");
        case "configuration" -> conditional(exchange, "{}");
        case "reports" -> report(exchange);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void enrol(HttpExchange exchange) throws IOException {
    var request = read(exchange.getRequestBody().readAllBytes(), Enrolment.Request.class);
    if (!request.code().equals(SECRET)) {
      exchange.sendResponseHeaders(410, -1);
      return;
    }
    tokens.add(request.token());
    json(
        exchange,
        new Enrolment.Answer(
            gateway,
            "kibera",
            "Kibera Health Centre",
            Base64.getEncoder().encodeToString(key.getPublic().getEncoded())));
  }

  private void parcel(HttpExchange exchange, String[] steps)
      throws IOException, GeneralSecurityException {
    UUID id = UUID.fromString(steps[1]);
    if (exchange.getRequestMethod().equals("PUT")) {
      try (var in = new GZIPInputStream(exchange.getRequestBody())) {
        Manifest manifest = read(in.readAllBytes(), Manifest.class);
        parcels.putIfAbsent(id, new Parcel(manifest));
      }
    }
    Parcel parcel = parcels.get(id);
    if (parcel == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (steps.length == 2) {
      json(exchange, parcel.state());
    } else {
      chunk(exchange, parcel, Integer.parseInt(steps[3]));
    }
  }

  private void chunk(HttpExchange exchange, Parcel parcel, int number)
      throws IOException, GeneralSecurityException {
    long offset = Long.parseLong(exchange.getRequestHeaders().getFirst(UploadHeader.OFFSET));
    int status = 409;
    synchronized (parcel) {
      if (offset == parcel.offsets.getOrDefault(number, 0L)) {
        MessageDigest whole =
            parcel.digests.computeIfAbsent(number, _ -> IdentityFiles.newSha256());
        MessageDigest chunk = IdentityFiles.newSha256();
        byte[] buffer = new byte[64 << 10];
        InputStream in = exchange.getRequestBody();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          whole.update(buffer, 0, n);
          chunk.update(buffer, 0, n);
          offset += n;
        }
        String checksum = "sha256 " + Base64.getEncoder().encodeToString(chunk.digest());
        if (!checksum.equals(exchange.getRequestHeaders().getFirst(UploadHeader.CHECKSUM))) {
          throw new IOException("checksum");
        }
        parcel.offsets.put(number, offset);
        status = 204;
      }
      exchange.getResponseHeaders().set(UploadHeader.OFFSET, Long.toString(offset));
      exchange.getResponseHeaders().set(UploadHeader.VERIFIED_OFFSET, Long.toString(offset));
      exchange.sendResponseHeaders(status, -1);
      if (status == 204 && parcel.manifest.parts().stream().allMatch(parcel::isWhole)) {
        whole(parcel);
      }
    }
  }

  private void whole(Parcel parcel) throws GeneralSecurityException {
    for (Manifest.Part part : parcel.manifest.parts()) {
      MessageDigest digest = parcel.digests.get(part.number());
      String found = digest == null ? "" : HexFormat.of().formatHex(digest.digest());
      if (!found.equals(part.digest())) {
        throw new IllegalStateException("part " + part.number() + " is not what was announced");
      }
    }
    List<Receipt> receipts = new ArrayList<>();
    for (ManifestInstance each : parcel.manifest.instances()) {
      stored.add(each);
      receipts.add(receipt(parcel.manifest.parcel(), each));
    }
    tell(new HubMessage.Receipts(next(), receipts));
  }

  private Receipt receipt(UUID parcel, ManifestInstance instance) throws GeneralSecurityException {
    var open =
        new Receipt(
            parcel,
            instance.sopInstanceUid(),
            instance.digest(),
            Receipt.Outcome.STORED,
            Instant.parse("2026-11-21T20:00:00Z"),
            "",
            "");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(open.signedBytes(gateway));
    return new Receipt(
        parcel,
        open.object(),
        open.digest(),
        open.outcome(),
        open.storedAt(),
        "",
        Base64.getEncoder().encodeToString(signature.sign()));
  }

  private void messages(HttpExchange exchange) throws IOException, InterruptedException {
    String query = exchange.getRequestURI().getQuery();
    int after = Integer.parseInt(query.replaceAll(".*after=(\\d+).*", "$1"));
    List<HubMessage> fresh;
    synchronized (this) {
      long until = System.nanoTime() + 2_000_000_000L;
      while (messages.size() <= after && System.nanoTime() < until) {
        wait(500);
      }
      fresh = List.copyOf(messages.subList(Math.min(after, messages.size()), messages.size()));
    }
    json(
        exchange,
        new Messages(
            fresh.subList(0, Math.min(100, fresh.size())),
            Instant.parse("2026-11-21T20:00:00Z"),
            "1",
            "1"));
  }

  private void report(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String[] ends = range.replace("bytes=", "").split("-");
    int from = Integer.parseInt(ends[0]);
    int to = Math.min(report.length, Integer.parseInt(ends[1]) + 1);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + report.length);
    send(exchange, 206, Arrays.copyOfRange(report, from, to));
  }

  private static void conditional(HttpExchange exchange, String body) throws IOException {
    @Nullable String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    if ("\"1\"".equals(known)) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static <T> T read(byte[] body, Class<T> type) {
    return LinkJson.mapper().readValue(new ByteArrayInputStream(body), type);
  }

  private static void json(HttpExchange exchange, Object value) throws IOException {
    send(exchange, 200, LinkJson.mapper().writeValueAsBytes(value));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
