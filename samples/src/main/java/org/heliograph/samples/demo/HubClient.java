package org.heliograph.samples.demo;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person's browser, as far as the HTTP API needs one: keeps the session, echoes the CSRF token,
 * uploads photos by tus 1.0.0. For one thread.
 */
public final class HubClient implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int PART_BYTES = 512 * 1024;
  private static final String TUS = "1.0.0";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http;

  private HubClient(String base, @Nullable SSLContext tls) {
    this.base = base;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .cookieHandler(cookies)
            .proxy(ProxySelector.of(null))
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    this.http = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  /** A client without a session; the address has no slash at its end. */
  public static HubClient of(String webAddress) {
    return new HubClient(webAddress, null);
  }

  /** The same over TLS that this context trusts. */
  static HubClient of(String webAddress, @Nullable SSLContext tls) {
    return new HubClient(webAddress, tls);
  }

  /** Signs in and returns the person. */
  public JsonNode signIn(String login, String password) {
    exchange("GET", "/api/session", null);
    return post("/api/session", Map.of("login", login, "password", password)).path("person");
  }

  /** The value of a Cookie header that continues this session. */
  public String cookies() {
    return cookies.getCookieStore().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  public JsonNode get(String path) {
    return json("GET", path, null);
  }

  public JsonNode post(String path, Object body) {
    return json("POST", path, body);
  }

  public JsonNode put(String path, Object body) {
    return json("PUT", path, body);
  }

  /** A file, such as a PDF. */
  public byte[] bytes(String path) {
    HttpResponse<byte[]> answer = exchange("GET", path, null);
    require("GET " + path, answer);
    return answer.body();
  }

  /** What is there in this media type; the answer is not judged. */
  public HttpResponse<byte[]> get(String path, String accept) {
    return send(request(path).header("Accept", accept).GET());
  }

  /** All pages of a list. */
  public List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(path + "?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.path("items").forEach(items::add);
      cursor = page.path("next").asString("");
    } while (!cursor.isEmpty());
    return items;
  }

  /** Uploads a photo; when this returns it is an image of the case's study. */
  public void upload(String caseId, String view, String fileName, byte[] photo) {
    String location = createUpload(caseId, view, fileName, photo);
    for (int offset = 0; offset < photo.length; offset += PART_BYTES) {
      int length = Math.min(PART_BYTES, photo.length - offset);
      HttpResponse<byte[]> answer =
          send(
              request(location)
                  .header("Tus-Resumable", TUS)
                  .header("Upload-Offset", String.valueOf(offset))
                  .header("Content-Type", "application/offset+octet-stream")
                  .method("PATCH", BodyPublishers.ofByteArray(photo, offset, length)));
      require("PATCH upload", answer);
    }
  }

  private String createUpload(String caseId, String view, String fileName, byte[] photo) {
    Map<String, String> metadata =
        Map.of(
            "caseId", caseId,
            "view", view,
            "filename", fileName,
            "filetype", "image/jpeg",
            "sha256", sha256(photo));
    HttpResponse<byte[]> answer = createUpload(photo.length, metadata);
    require("POST upload", answer);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** Only asks for room for an upload; the answer is not judged. */
  public HttpResponse<byte[]> createUpload(long byteCount, Map<String, String> metadata) {
    String pairs =
        String.join(
            ",",
            metadata.entrySet().stream()
                .map(e ->
                    e.getKey()
                        + " "
                        + Base64.getEncoder()
                            .encodeToString(e.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList());
    return send(
        request("/api/uploads")
            .header("Tus-Resumable", TUS)
            .header("Upload-Length", String.valueOf(byteCount))
            .header("Upload-Metadata", pairs)
            .POST(BodyPublishers.noBody()));
  }

  /** One exchange; the answer is not judged. */
  public HttpResponse<byte[]> exchange(String method, String path, @Nullable Object body) {
    BodyPublisher publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    return send(request(path).header("Content-Type", "application/json").method(method, publisher));
  }

  /** What a JSON answer says; an empty object if it is none. */
  public static JsonNode read(HttpResponse<byte[]> answer) {
    try {
      JsonNode node = JSON.readTree(answer.body());
      return node == null || node.isMissingNode() ? JSON.createObjectNode() : node;
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private JsonNode json(String method, String path, @Nullable Object body) {
    HttpResponse<byte[]> answer = exchange(method, path, body);
    require(method + " " + path.replaceFirst("\\?.*", ""), answer);
    return read(answer);
  }

  private static void require(String what, HttpResponse<byte[]> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new HubRefusalException(what, answer.statusCode(), read(answer));
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base).resolve(path)).timeout(LONGEST);
    token().ifPresent(token -> request.header("X-XSRF-TOKEN", token));
    return request;
  }

  private Optional<String> token() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException());
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
