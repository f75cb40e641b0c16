package org.heliograph.node.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.status.StatusSource.Sight;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The status page. Everyone on the network may look, without names of patients; who has the PIN, or
 * the token file of this computer, sees names and reports and may change things. Changes need a
 * header that only our own script sets, so that other pages cannot ask for them; calls by unknown
 * host names are refused, so that other pages cannot pretend to be ours.
 */
public final class StatusServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StatusServer.class);
  private static final int MOST_REQUESTS = 32;
  private static final int MOST_BODY_BYTES = 4_096;
  private static final String COOKIE = "heliograph-gateway";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/page.css", "page.css",
          "/page.js", "page.js",
          "/words.js", "words.js",
          "/icon.svg", "icon.svg",
          "/words-es.json", "words-es.json",
          "/words-fr.json", "words-fr.json",
          "/words-pt.json", "words-pt.json",
          "/words-sv.json", "words-sv.json",
          "/words-sw.json", "words-sw.json");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  private final HttpServer server;
  private final ExecutorService threads;
  private final StatusSettings settings;
  private final StatusSource source;
  private final Attempts attempts;
  private final Sessions sessions;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Semaphore places = new Semaphore(MOST_REQUESTS);
  private final Semaphore pinLook = new Semaphore(1);

  private StatusServer(
      HttpServer server,
      ExecutorService threads,
      StatusSettings settings,
      StatusSource source,
      InstantSource clock) {
    this.server = server;
    this.threads = threads;
    this.settings = settings;
    this.source = source;
    this.attempts = new Attempts(clock);
    this.sessions = new Sessions(clock);
  }

  /** Binds and serves. */
  public static StatusServer start(
      StatusSettings settings, StatusSource source, InstantSource clock) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(settings.bind(), settings.port()), 64);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    StatusServer page = new StatusServer(server, threads, settings, source, clock);
    server.setExecutor(threads);
    server.createContext("/", page::handle);
    server.start();
    return page;
  }

  /** The port in use. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    boolean placed = places.tryAcquire();
    try (exchange) {
      if (!placed) {
        headers.set("Retry-After", "2");
        text(exchange, 503, "busy");
      } else if (!HostNames.allowed(
          exchange.getRequestHeaders().get("Host"), settings.hostNames())) {
        text(exchange, 421, "this gateway is not called so; see status.host-names");
      } else {
        answer(exchange);
      }
    } catch (RuntimeException e) {
      // The message may quote what is stored, so only its class is logged.
      log.error("event=status.failed cause={}", e.getClass().getName());
      text(exchange, 500, "a fault; see the log");
    } finally {
      if (placed) {
        places.release();
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    String file = FILES.get(path);
    if (method.equals("POST")) {
      post(exchange, path);
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD, POST");
      text(exchange, 405, "not possible");
    } else if (file != null) {
      resource(exchange, file);
    } else if (path.equals("/status.json")) {
      Sight sight = mayChange(exchange, false) ? Sight.WITH_PATIENTS : Sight.WITHOUT_PATIENTS;
      send(exchange, 200, "application/json", json.writeValueAsBytes(source.look(sight)));
    } else if (path.equals("/waiting.json") && isLocal(exchange)) {
      send(exchange, 200, "application/json", json.writeValueAsBytes(source.waiting()));
    } else if (path.startsWith("/reports/")) {
      report(exchange, path.substring("/reports/".length()));
    } else {
      text(exchange, 404, "there is nothing here");
    }
  }

  private void post(HttpExchange exchange, String path) throws IOException {
    if (exchange.getRequestHeaders().getFirst("X-Heliograph") == null || !isOwnOrigin(exchange)) {
      text(exchange, 403, "only from the status page itself");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
    if (body.length > MOST_BODY_BYTES) {
      exchange.getResponseHeaders().set("Connection", "close");
      text(exchange, 413, "too much");
      return;
    }
    Change change;
    try {
      change =
          json.readValue(
              body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body, Change.class);
    } catch (JacksonException e) {
      text(exchange, 400, "not understood");
      return;
    }
    if (path.equals("/unlock")) {
      unlock(exchange, change.pin());
    } else if (!mayChange(exchange, true)) {
      text(exchange, 403, "unlock first");
    } else {
      change(exchange, path, change);
    }
  }

  private void change(HttpExchange exchange, String path, Change change) throws IOException {
    String id = change.id() == null ? "" : change.id();
    switch (path) {
      case "/lock" -> {
        cookie(exchange).ifPresent(sessions::end);
        number(exchange, 1);
      }
      case "/retry" -> number(exchange, source.retry(id));
      case "/prune" -> number(exchange, source.prune());
      case "/urgent" -> number(exchange, source.urgent(id, urgency(change.urgency())) ? 1 : 0);
      default -> text(exchange, 404, "there is nothing here");
    }
  }

  private void unlock(HttpExchange exchange, @Nullable String pin) throws IOException {
    String hash = settings.pinHash();
    var peer = exchange.getRemoteAddress().getAddress();
    if (hash == null || pin == null) {
      text(exchange, 403, "there is no PIN");
    } else if (!attempts.begin(peer)) {
      log.warn("event=status.pin.locked peer={}", peer.getHostAddress());
      exchange.getResponseHeaders().set("Retry-After", "900");
      text(exchange, 429, "too many wrong PINs; wait a quarter of an hour");
    } else if (isRight(hash, pin)) {
      attempts.right(peer);
      exchange
          .getResponseHeaders()
          .set(
              "Set-Cookie",
              COOKIE + "=" + sessions.begin() + "; Path=/; HttpOnly; SameSite=Strict");
      number(exchange, 1);
    } else {
      log.warn("event=status.pin.wrong peer={}", peer.getHostAddress());
      text(exchange, 403, "the PIN is not right");
    }
  }

  /** One at a time: each look takes a processor for a while. */
  private boolean isRight(String hash, String pin) {
    pinLook.acquireUninterruptibly();
    try {
      return Pin.matches(hash, pin);
    } finally {
      pinLook.release();
    }
  }

  private void report(HttpExchange exchange, String name) throws IOException {
    Optional<Path> pdf =
        mayChange(exchange, true)
            ? uuid(name.replaceFirst("\\.pdf$", "")).flatMap(source::report)
            : Optional.empty();
    if (pdf.isEmpty()) {
      text(exchange, 404, "there is nothing here, or the page is locked");
      return;
    }
    try (InputStream in = Files.newInputStream(pdf.get())) {
      long size = Files.size(pdf.get());
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/pdf");
      headers.set("Content-Disposition", "inline; filename=\"report.pdf\"");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, size);
        in.transferTo(exchange.getResponseBody());
      }
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Urgency urgency(@Nullable String text) {
    return text == null ? Urgency.EMERGENCY : Urgency.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private boolean mayChange(HttpExchange exchange, boolean touch) {
    return isLocal(exchange)
        || cookie(exchange).filter(secret -> sessions.goesOn(secret, touch)).isPresent();
  }

  private boolean isLocal(HttpExchange exchange) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    return shown != null
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + settings.localToken()).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isOwnOrigin(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    String host = exchange.getRequestHeaders().getFirst("Host");
    return origin == null || origin.equals("http://" + host);
  }

  private static Optional<String> cookie(HttpExchange exchange) {
    var lines = exchange.getRequestHeaders().get("Cookie");
    if (lines == null) {
      return Optional.empty();
    }
    for (String line : lines) {
      for (String pair : line.split(";")) {
        if (pair.strip().startsWith(COOKIE + "=")) {
          return Optional.of(pair.strip().substring(COOKIE.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  private static void resource(HttpExchange exchange, String name) throws IOException {
    try (InputStream in = StatusServer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing " + name);
      }
      String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      send(exchange, 200, type, in.readAllBytes());
    }
  }

  private void number(HttpExchange exchange, int count) throws IOException {
    send(exchange, 200, "application/json", json.writeValueAsBytes(Map.of("count", count)));
  }

  private static void text(HttpExchange exchange, int status, String words) throws IOException {
    if (exchange.getResponseCode() == -1) {
      send(
          exchange,
          status,
          "text/plain; charset=utf-8",
          (words + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  /** What the page's script sends. */
  record Change(@Nullable String id, @Nullable String pin, @Nullable String urgency) {
    /** The PIN is not shown. */
    @Override
    public String toString() {
      return "Change[" + id + "]";
    }
  }
}
