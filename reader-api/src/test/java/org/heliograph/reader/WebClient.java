package org.heliograph.reader;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser's part of the conversation: cookies kept, the CSRF token echoed. */
public final class WebClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public WebClient(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /** Signs in; the answer is not judged. */
  public HttpResponse<String> signIn(String login, String password) {
    get("/api/session");
    return post(
        "/api/session",
        JSON.writeValueAsString(java.util.Map.of("login", login, "password", password)));
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, null, true);
  }

  public HttpResponse<String> post(String path, String json) {
    return send("POST", path, json, true);
  }

  public HttpResponse<String> put(String path, String json) {
    return send("PUT", path, json, true);
  }

  public HttpResponse<String> delete(String path) {
    return send("DELETE", path, null, true);
  }

  /** Any method, with or without the CSRF header. */
  public HttpResponse<String> send(
      String method, String path, @Nullable String json, boolean withToken) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (withToken) {
      cookie("XSRF-TOKEN").ifPresent(token -> request.header("X-XSRF-TOKEN", token));
    }
    return exchange(request.build());
  }

  /** A request made by the caller, with this client's cookies. */
  public HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A file. */
  public HttpResponse<byte[]> bytes(String path) {
    return exchangeBytes(request(path).build());
  }

  /** As {@link #exchange}, for pictures and other bytes. */
  public HttpResponse<byte[]> exchangeBytes(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
  }

  public Optional<String> cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  public static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }
}
