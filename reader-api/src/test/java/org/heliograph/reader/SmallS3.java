package org.heliograph.reader;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects of one bucket in memory, for a hub under test; it can be away. */
public final class SmallS3 implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile boolean away;

  private SmallS3(HttpServer server) {
    this.server = server;
  }

  public static SmallS3 start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SmallS3 small = new SmallS3(server);
    server.setExecutor(small.threads);
    server.createContext("/", small::serve);
    server.start();
    return small;
  }

  /** What a hub is told of it. */
  public Map<String, String> environment() {
    return Map.of(
        "HELIOGRAPH_S3_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "HELIOGRAPH_S3_ADDRESSING",
        "path",
        "HELIOGRAPH_S3_ACCESS_KEY",
        "access-of-tests",
        "HELIOGRAPH_S3_SECRET_KEY",
        "secret-of-tests");
  }

  public void setAway(boolean isAway) {
    away = isAway;
  }

  public int objectCount() {
    return objects.size();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (away) {
        send(exchange, 503, error("SlowDown"));
      } else if (!path.startsWith("/bucket")) {
        send(exchange, 404, error("NoSuchBucket"));
      } else if (path.matches("/bucket/?")) {
        boolean uploads = String.valueOf(exchange.getRequestURI().getQuery()).contains("uploads");
        send(exchange, 200, uploads ? "<ListMultipartUploadsResult/>" : "<ListBucketResult/>");
      } else {
        object(exchange, path, body);
      }
    }
  }

  private void object(HttpExchange exchange, String path, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        digests.put(
            path,
            String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-meta-heliograph-sha256")));
        objects.put(path, body);
        exchange.getResponseHeaders().set("ETag", "\"x\"");
        exchange.sendResponseHeaders(200, -1);
      }
      case "DELETE" -> {
        objects.remove(path);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> read(exchange, path);
    }
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    byte[] content = objects.get(path);
    if (content == null) {
      send(exchange, 404, error("NoSuchKey"));
      return;
    }
    exchange.getResponseHeaders().set("ETag", "\"x\"");
    exchange.getResponseHeaders().set("Last-Modified", "Wed, 04 Mar 2026 05:06:07 GMT");
    exchange
        .getResponseHeaders()
        .set("x-amz-meta-heliograph-sha256", digests.getOrDefault(path, ""));
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    int status = 200;
    byte[] part = content;
    if (range.matches()) {
      int from = Integer.parseInt(range.group(1));
      int to = Math.min(Integer.parseInt(range.group(2)), content.length - 1);
      part = Arrays.copyOfRange(content, from, to + 1);
      status = 206;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + to + "/" + content.length);
    }
    exchange.sendResponseHeaders(status, part.length);
    exchange.getResponseBody().write(part);
  }

  private static String error(String code) {
    return "<Error><Code>" + code + "</Code><Message>not for others</Message></Error>";
  }

  private static void send(HttpExchange exchange, int status, String xml) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
