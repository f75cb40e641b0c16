package org.heliograph.archive.blob.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an S3 server as a blob store needs, in memory, which does badly what it is told to:
 * each script line spoils one request of its kind, in their order.
 */
public final class FakeS3 implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  /** What goes wrong with a request. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Answered after a while. */
    SLOW,
    /** 503 SlowDown, nothing done. */
    UNAVAILABLE,
    /** Done, and the connection closed without an answer. */
    LOST_ANSWER,
    /** The connection closed, nothing done. */
    RESET,
    /** The right length is announced, half of it comes. */
    TRUNCATED,
    /** A shorter content is announced and comes. */
    WRONG_LENGTH,
    /** 200 and an answer that is no XML; nothing done. */
    GARBAGE,
    /** 403 RequestTimeTooSkewed. */
    CLOCK_SKEW,
    /** Half of the content kept, and 200 answered. */
    HALF_KEPT,
    /** Never answered while the server lives. */
    BLACK_HOLE
  }

  private record Spoilt(String method, Fault fault) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(byte[] content, String digest, Instant at) {}

  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final Map<String, NavigableMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final Queue<Spoilt> script = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile boolean down;
  private volatile Map<String, String> lastHeaders = Map.of();

  private FakeS3(HttpServer server) {
    this.server = server;
  }

  public static FakeS3 start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeS3 fake = new FakeS3(server);
    server.setExecutor(fake.threads);
    server.createContext("/", fake::serve);
    server.start();
    return fake;
  }

  public S3Settings settings(S3Limits limits) {
    return new S3Settings(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        "bucket",
        "",
        "us-east-1",
        S3Settings.Addressing.PATH,
        new S3Encryption.Unasked(),
        new S3Credentials("key", "secret", null),
        limits);
  }

  /** The next requests of this method suffer these faults, one each. */
  public void spoil(String method, Fault... faults) {
    for (Fault fault : faults) {
      script.add(new Spoilt(method, fault));
    }
  }

  /** Answers 503 to everything, or no longer. */
  public void setDown(boolean isDown) {
    down = isDown;
  }

  public int requests() {
    return requests.get();
  }

  public int objectCount() {
    return objects.size();
  }

  public Map<String, String> headersOfLastPut() {
    return lastHeaders;
  }

  /** Flips a bit of an object, as a bad disk does. */
  public void flipBit(UUID id, int position) {
    objects.computeIfPresent(
        id.toString(),
        (_, object) -> {
          byte[] spoilt = object.content().clone();
          spoilt[position] ^= 1;
          return new Stored(spoilt, object.digest(), object.at());
        });
  }

  public void remove(UUID id) {
    objects.remove(id.toString());
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Fault fault = down ? Fault.UNAVAILABLE : faultOf(exchange.getRequestMethod());
    try (exchange) {
      switch (fault) {
        case NONE -> answer(exchange, body, fault);
        case SLOW -> {
          waitFor(Duration.ofMillis(300));
          answer(exchange, body, fault);
        }
        case UNAVAILABLE -> error(exchange, 503, "SlowDown");
        case RESET -> {}
        case LOST_ANSWER -> perform(exchange, body);
        case GARBAGE -> send(exchange, 200, "<<not & xml".getBytes(StandardCharsets.UTF_8));
        case CLOCK_SKEW -> error(exchange, 403, "RequestTimeTooSkewed");
        case HALF_KEPT -> answer(exchange, Arrays.copyOf(body, body.length / 2), fault);
        case TRUNCATED, WRONG_LENGTH -> answer(exchange, body, fault);
        case BLACK_HOLE -> waitFor(Duration.ofMinutes(1));
      }
    }
  }

  private synchronized Fault faultOf(String method) {
    for (Spoilt spoilt : script) {
      if (spoilt.method().equals(method)) {
        script.remove(spoilt);
        return spoilt.fault();
      }
    }
    return Fault.NONE;
  }

  private void waitFor(Duration time) {
    try {
      closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(int status, byte[] body, Map<String, String> headers) {
    static Answer xml(String text) {
      return new Answer(
          200, text.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/xml"));
    }
  }

  private void answer(HttpExchange exchange, byte[] body, Fault fault) throws IOException {
    Answer answer = perform(exchange, body);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] content = answer.body();
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    boolean cut = fault == Fault.TRUNCATED || fault == Fault.WRONG_LENGTH;
    byte[] sent = cut ? Arrays.copyOf(content, content.length / 2) : content;
    int announced = fault == Fault.TRUNCATED ? content.length : sent.length;
    exchange.sendResponseHeaders(answer.status(), announced == 0 ? -1 : announced);
    exchange.getResponseBody().write(sent);
  }

  private Answer perform(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath();
    String name = path.length() > "/bucket/".length() ? path.substring("/bucket/".length()) : "";
    Map<String, String> query = query(exchange.getRequestURI());
    return switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, name, query, body);
      case "POST" -> post(exchange, name, query);
      case "DELETE" -> {
        if (query.containsKey("uploadId")) {
          uploads.remove(query.get("uploadId"));
        } else {
          objects.remove(name);
        }
        yield new Answer(204, new byte[0], Map.of());
      }
      case "HEAD" -> name.isEmpty() ? new Answer(200, new byte[0], Map.of()) : get(exchange, name);
      case "GET" ->
          name.isEmpty()
              ? query.containsKey("uploads") ? listUploads() : list(query)
              : get(exchange, name);
      default -> new Answer(405, new byte[0], Map.of());
    };
  }

  private Answer put(HttpExchange exchange, String name, Map<String, String> query, byte[] body) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((key, values) -> headers.put(key, values.getFirst()));
    lastHeaders = headers;
    String upload = query.get("uploadId");
    if (upload != null) {
      NavigableMap<Integer, byte[]> parts = uploads.get(upload);
      if (parts == null) {
        return failure(404, "NoSuchUpload");
      }
      parts.put(Integer.parseInt(query.get("partNumber")), body);
    } else {
      objects.put(name, new Stored(body, digestIn(exchange), Instant.now()));
    }
    return new Answer(200, new byte[0], Map.of("ETag", "\"" + body.length + "\""));
  }

  private Answer post(HttpExchange exchange, String name, Map<String, String> query) {
    String upload = query.get("uploadId");
    if (upload == null) {
      String id = UUID.randomUUID().toString();
      uploads.put(id, new ConcurrentSkipListMap<>());
      digests.put(id, digestIn(exchange));
      return Answer.xml(
          "<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>"
              + name
              + "</Key><UploadId>"
              + id
              + "</UploadId></InitiateMultipartUploadResult>");
    }
    NavigableMap<Integer, byte[]> parts = uploads.remove(upload);
    if (parts == null) {
      return failure(404, "NoSuchUpload");
    }
    var whole = new java.io.ByteArrayOutputStream();
    parts.values().forEach(whole::writeBytes);
    objects.put(
        name, new Stored(whole.toByteArray(), digests.getOrDefault(upload, ""), Instant.now()));
    return Answer.xml(
        "<CompleteMultipartUploadResult><Location>here</Location><Bucket>bucket</Bucket><Key>"
            + name
            + "</Key><ETag>x</ETag></CompleteMultipartUploadResult>");
  }

  private Answer get(HttpExchange exchange, String name) {
    Stored object = objects.get(name);
    if (object == null) {
      return failure(404, "NoSuchKey");
    }
    var headers = new TreeMap<String, String>();
    headers.put("ETag", "\"x\"");
    headers.put("x-amz-meta-heliograph-sha256", object.digest());
    headers.put(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(object.at().atOffset(ZoneOffset.UTC)));
    String asked = exchange.getRequestHeaders().getFirst("Range");
    byte[] content = object.content();
    if (asked == null) {
      return new Answer(200, content, headers);
    }
    Matcher range = RANGE.matcher(asked);
    if (!range.matches() || Integer.parseInt(range.group(1)) >= content.length) {
      return failure(416, "InvalidRange");
    }
    int from = Integer.parseInt(range.group(1));
    int to = (int) Math.min(Long.parseLong(range.group(2)), content.length - 1);
    headers.put("Content-Range", "bytes " + from + "-" + to + "/" + content.length);
    return new Answer(206, Arrays.copyOfRange(content, from, to + 1), headers);
  }

  private Answer list(Map<String, String> query) {
    if (query.containsKey("location")) {
      return Answer.xml("<LocationConstraint/>");
    }
    // Two to a page, so that every listing is continued.
    String after = query.getOrDefault("continuation-token", "");
    var page = objects.tailMap(after, false).entrySet().stream().limit(2).toList();
    boolean more = !page.isEmpty() && !page.getLast().getKey().equals(objects.lastKey());
    var xml = new StringBuilder("<ListBucketResult><Name>bucket</Name><Prefix/>");
    xml.append("<KeyCount>").append(page.size()).append("</KeyCount><MaxKeys>2</MaxKeys>");
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>")
          .append(page.getLast().getKey())
          .append("</NextContinuationToken>");
    }
    page.forEach(entry ->
        xml.append("<Contents><Key>")
            .append(entry.getKey())
            .append("</Key><LastModified>")
            .append(entry.getValue().at().truncatedTo(java.time.temporal.ChronoUnit.MILLIS))
            .append("</LastModified><ETag>x</ETag><Size>")
            .append(entry.getValue().content().length)
            .append("</Size><StorageClass>STANDARD</StorageClass></Contents>"));
    return Answer.xml(xml.append("</ListBucketResult>").toString());
  }

  private Answer listUploads() {
    return Answer.xml(
        "<ListMultipartUploadsResult><Bucket>bucket</Bucket><MaxUploads>1000</MaxUploads>"
            + "<IsTruncated>false</IsTruncated></ListMultipartUploadsResult>");
  }

  private static String digestIn(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-meta-heliograph-sha256"));
  }

  private static Answer failure(int status, String code) {
    return new Answer(
        status,
        ("<Error><Code>" + code + "</Code><Message>secret of the server</Message></Error>")
            .getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/xml"));
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    Answer answer = failure(status, code);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      send(exchange, status, answer.body());
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new TreeMap<>();
    String text = uri.getQuery();
    if (text != null) {
      for (String pair : text.split("&")) {
        int equals = pair.indexOf('=');
        query.put(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    return query;
  }
}
