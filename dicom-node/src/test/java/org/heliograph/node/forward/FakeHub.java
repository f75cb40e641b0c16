package org.heliograph.node.forward;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.heliograph.node.link.LinkJson;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.UploadHeader;
import org.jspecify.annotations.Nullable;

/** The hub's side of the link as the contract has it, and with the faults that a test wants. */
final class FakeHub implements AutoCloseable {
  enum Fault {
    NONE,
    UNAVAILABLE,
    NO_SPACE,
    LOST_ANSWER,
    LOST_REQUEST,
    WRONG_BYTES,
    LYING_OFFSET,
    NONSENSE,
    SLOW,
    BREAKS_OFF,
    FORGETS_PARCEL,
    LOSES_PART,
    BUSY
  }

  private static final class Part {
    private final ReentrantLock writing = new ReentrantLock();
    private final Manifest.Part declared;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long verified;
    private boolean whole;
    private volatile long lastByteAt;
    private volatile @Nullable HttpExchange writer;

    Part(Manifest.Part declared) {
      this.declared = declared;
    }

    synchronized void keep(byte[] more, int count) {
      bytes.write(more, 0, count);
    }

    synchronized long offset() {
      return bytes.size();
    }

    synchronized void backTo(long offset) {
      byte[] kept = Arrays.copyOf(bytes.toByteArray(), (int) offset);
      bytes.reset();
      bytes.writeBytes(kept);
      verified = Math.min(verified, offset);
      whole = false;
    }

    synchronized ParcelState.PartState state() {
      return new ParcelState.PartState(declared.number(), bytes.size(), verified, whole);
    }
  }

  private record Parcel(String manifest, Map<Integer, Part> parts) {
    static Parcel of(Manifest manifest, byte[] json) {
      var parts = new TreeMap<Integer, Part>();
      manifest.parts().forEach(p -> parts.put(p.number(), new Part(p)));
      return new Parcel(new String(json, StandardCharsets.UTF_8), parts);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<UUID, Parcel> parcels = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Supplier<Fault> faults;

  /** Parts in the order in which they became whole: parcel and number. */
  final List<String> arrived = new CopyOnWriteArrayList<>();

  /** Chunks in the order in which they were taken. */
  final List<UUID> chunks = new CopyOnWriteArrayList<>();

  FakeHub(Supplier<Fault> faults) throws IOException {
    this.faults = faults;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(threads);
    server.createContext(LinkPaths.BASE, this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  int requests() {
    return requests.get();
  }

  boolean isWhole(UUID parcel) {
    Parcel known = parcels.get(parcel);
    return known != null && known.parts().values().stream().allMatch(p -> p.state().whole());
  }

  byte[] bytes(UUID parcel, int part) {
    Parcel known = parcels.get(parcel);
    Part of = known == null ? null : known.parts().get(part);
    return of == null ? new byte[0] : of.bytes.toByteArray();
  }

  /** As if its disk had been put back to an older state. */
  void lose(UUID parcel, int part) {
    Parcel known = parcels.get(parcel);
    Part of = known == null ? null : known.parts().get(part);
    if (of != null) {
      of.backTo(0);
    }
  }

  void forget(UUID parcel) {
    parcels.remove(parcel);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      String[] path =
          exchange.getRequestURI().getPath().substring(LinkPaths.BASE.length()).split("/");
      UUID id = UUID.fromString(path[2]);
      Fault fault = faults.get();
      if (fault == Fault.LOST_REQUEST) {
        return;
      }
      if (fault == Fault.UNAVAILABLE || fault == Fault.NO_SPACE) {
        exchange.getRequestBody().readAllBytes();
        problem(exchange, fault == Fault.UNAVAILABLE ? 503 : 507, "TR-9999");
        return;
      }
      if (fault == Fault.FORGETS_PARCEL) {
        parcels.remove(id);
      }
      if (path.length == 3) {
        parcel(exchange, id, fault);
      } else {
        part(exchange, id, Integer.parseInt(path[4]), fault);
      }
    }
  }

  private void parcel(HttpExchange exchange, UUID id, Fault fault) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] json;
      try (var in = new GZIPInputStream(exchange.getRequestBody())) {
        json = in.readAllBytes();
      }
      Manifest manifest = LinkJson.mapper().readValue(json, Manifest.class);
      Parcel known = parcels.computeIfAbsent(id, _ -> Parcel.of(manifest, json));
      if (!known.manifest().equals(new String(json, StandardCharsets.UTF_8))) {
        problem(exchange, 409, "TR-0001");
        return;
      }
    }
    Parcel known = parcels.get(id);
    if (known == null) {
      problem(exchange, 404, "TR-0002");
    } else if (fault == Fault.NONSENSE) {
      send(exchange, 200, "{\"parcel\":null".getBytes(StandardCharsets.UTF_8));
    } else if (fault != Fault.LOST_ANSWER) {
      List<ParcelState.PartState> states = new ArrayList<>();
      known.parts().values().forEach(p -> states.add(p.state()));
      send(exchange, 200, LinkJson.mapper().writeValueAsBytes(new ParcelState(id, states)));
    }
  }

  private void part(HttpExchange exchange, UUID id, int number, Fault fault) throws IOException {
    Parcel known = parcels.get(id);
    Part part = known == null ? null : known.parts().get(number);
    if (part == null) {
      exchange.getRequestBody().readAllBytes();
      problem(exchange, 404, "TR-0002");
      return;
    }
    if (fault == Fault.LOSES_PART) {
      part.backTo(0);
    }
    endSilentWriter(part);
    if (fault == Fault.BUSY || !part.writing.tryLock()) {
      exchange.getRequestBody().readAllBytes();
      problem(exchange, 423, "TR-0003");
      return;
    }
    part.writer = exchange;
    part.lastByteAt = System.nanoTime();
    try {
      int status = chunk(exchange, part, fault);
      if (status == 204) {
        chunks.add(id);
        if (part.state().whole()) {
          arrived.add(id + "/" + number);
        }
      }
      if (status != 0 && fault != Fault.LOST_ANSWER) {
        long lie = fault == Fault.LYING_OFFSET ? 7 : 0;
        exchange.getResponseHeaders().set(UploadHeader.OFFSET, "" + (part.offset() + lie));
        exchange.getResponseHeaders().set(UploadHeader.VERIFIED_OFFSET, "" + part.verified);
        exchange.sendResponseHeaders(status, -1);
      }
    } finally {
      part.writer = null;
      part.writing.unlock();
    }
  }

  /** A request that nothing came for in a while gives way to the next one. */
  private static void endSilentWriter(Part part) {
    HttpExchange writer = part.writer;
    if (writer != null && System.nanoTime() - part.lastByteAt > 2_000_000_000L) {
      writer.close();
    }
  }

  /** What came of a chunk that broke off is kept; 0 if it broke off. */
  private static int chunk(HttpExchange exchange, Part part, Fault fault) throws IOException {
    long from = Long.parseLong(exchange.getRequestHeaders().getFirst(UploadHeader.OFFSET));
    InputStream body = exchange.getRequestBody();
    if (from != part.offset()) {
      body.readAllBytes();
      return 409;
    }
    long length = Long.parseLong(exchange.getRequestHeaders().getFirst("Content-Length"));
    long got = 0;
    var buffer = new byte[4096];
    try {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        if (fault == Fault.WRONG_BYTES && n > 0) {
          buffer[0] ^= 1;
        }
        part.keep(buffer, n);
        part.lastByteAt = System.nanoTime();
        got += n;
        if (fault == Fault.BREAKS_OFF && got > length / 2) {
          return 0;
        }
      }
    } catch (IOException _) {
      return 0;
    }
    if (got < length) {
      return 0;
    }
    if (fault == Fault.SLOW) {
      pause();
    }
    return verify(exchange.getRequestHeaders().getFirst(UploadHeader.CHECKSUM), part);
  }

  private static int verify(String checksum, Part part) {
    byte[] all = part.bytes.toByteArray();
    byte[] fresh = Arrays.copyOfRange(all, (int) part.verified, all.length);
    if (!checksum.equals("sha256 " + Base64.getEncoder().encodeToString(sha256(fresh)))) {
      part.backTo(part.verified);
      return UploadHeader.CHECKSUM_MISMATCH;
    }
    part.verified = all.length;
    if (all.length == part.declared.lengthBytes()) {
      if (!HexFormat.of().formatHex(sha256(all)).equals(part.declared.digest())) {
        part.backTo(0);
        return UploadHeader.CHECKSUM_MISMATCH;
      }
      part.whole = true;
    }
    return 204;
  }

  private static void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void problem(HttpExchange exchange, int status, String code) throws IOException {
    send(exchange, status, ("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    new ByteArrayInputStream(body).transferTo(exchange.getResponseBody());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
