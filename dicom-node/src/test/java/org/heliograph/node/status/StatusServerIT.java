package org.heliograph.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway.Init")
class StatusServerIT {
  private static final String PIN = "482913";
  private static final String LOCAL = "local-secret";
  private static String hash = "";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T22:00:00Z"));
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private SampleStatus source;
  private StatusServer page;

  @BeforeAll
  static void hash_once() {
    hash = Pin.hash(PIN);
  }

  @BeforeEach
  void start() throws Exception {
    Path pdf = Files.writeString(folder.resolve("a.pdf"), "%PDF-1.7 report");
    source = new SampleStatus(pdf, true);
    page =
        StatusServer.start(
            new StatusSettings(
                InetAddress.getLoopbackAddress(), 0, hash, Set.of("gateway.clinic"), LOCAL),
            source,
            now::get);
  }

  @AfterEach
  void stop() {
    page.close();
    http.close();
  }

  @Test
  void everyone_may_look_without_seeing_names() throws Exception {
    HttpResponse<String> answer = get("/status.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("Wanjiku", "Otieno", "KHC-0", "lateral", "Chest");
    JsonNode json = JsonMapper.shared().readTree(answer.body());
    assertThat(json.path("studies").get(0).path("step").asString()).isEqualTo("SENDING");
    assertThat(json.path("unlocked").asBoolean()).isFalse();
    assertThat(get("/reports/" + SampleStatus.REPORT + ".pdf").statusCode()).isEqualTo(404);
    assertThat(get("/waiting.json").statusCode()).isEqualTo(404);
    assertThat(post("/retry", "{\"id\":\"all\"}").statusCode()).isEqualTo(403);
    assertThat(source.changes).isEmpty();
  }

  @Test
  void the_page_is_light_and_loads_nothing_from_elsewhere() throws Exception {
    long bytes = 0;
    for (String file :
        List.of("/", "/page.css", "/page.js", "/words.js", "/words-sw.json", "/icon.svg")) {
      HttpResponse<String> answer = get(file);
      assertThat(answer.statusCode()).as(file).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.body().replace("http://www.w3.org/2000/svg", ""))
          .doesNotContain("http:", "https:", "//cdn");
      bytes += answer.body().getBytes(StandardCharsets.UTF_8).length;
    }
    assertThat(bytes).isLessThan(30_000);
    assertThat(get("/../secret").statusCode()).isEqualTo(404);
  }

  @Test
  void every_language_has_every_word() throws Exception {
    String english = get("/words.js").body();
    for (String language : List.of("es", "fr", "pt", "sv", "sw")) {
      JsonNode words = JsonMapper.shared().readTree(get("/words-" + language + ".json").body());
      for (String key : words.propertyNames()) {
        assertThat(english).contains(key + (key.contains(".") ? "': '" : ": '"));
      }
      assertThat(words.size()).as(language).isGreaterThan(70);
    }
  }

  @Test
  void the_pin_shows_names_and_lets_change() throws Exception {
    HttpResponse<String> unlocked = post("/unlock", "{\"pin\":\"" + PIN + "\"}");
    assertThat(unlocked.statusCode()).isEqualTo(200);
    String cookie = unlocked.headers().firstValue("Set-Cookie").orElse("");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
    String session = cookie.replaceFirst(";.*", "");

    assertThat(get("/status.json", "Cookie", session).body()).contains("Wanjiku", "lateral view");
    HttpResponse<String> pdf = get("/reports/" + SampleStatus.REPORT + ".pdf", "Cookie", session);
    assertThat(pdf.body()).isEqualTo("%PDF-1.7 report");
    assertThat(pdf.headers().firstValue("Cache-Control")).contains("no-store");
    post("/retry", "{\"id\":\"all\"}", "Cookie", session);
    assertThat(post("/urgent", "{\"id\":\"B3XW9A\"}", "Cookie", session).body()).contains("1");
    assertThat(source.changes).containsExactly("retry all", "urgent B3XW9A EMERGENCY");

    post("/lock", "{}", "Cookie", session);
    assertThat(get("/status.json", "Cookie", session).body()).doesNotContain("Wanjiku");
  }

  @Test
  void a_session_ends_when_nobody_does_anything() throws Exception {
    String session =
        post("/unlock", "{\"pin\":\"" + PIN + "\"}")
            .headers()
            .firstValue("Set-Cookie")
            .orElse("")
            .replaceFirst(";.*", "");
    now.updateAndGet(time -> time.plusSeconds(840));
    assertThat(get("/status.json", "Cookie", session).body()).contains("Wanjiku");
    now.updateAndGet(time -> time.plusSeconds(120));
    assertThat(get("/status.json", "Cookie", session).body()).doesNotContain("Wanjiku");
  }

  @Test
  void wrong_pins_are_heard_five_times() throws Exception {
    for (int i = 0; i < Attempts.MOST_OF_ONE; i++) {
      assertThat(post("/unlock", "{\"pin\":\"00000" + i + "\"}").statusCode()).isEqualTo(403);
    }
    assertThat(post("/unlock", "{\"pin\":\"" + PIN + "\"}").statusCode()).isEqualTo(429);
    now.updateAndGet(time -> time.plus(Attempts.WITHIN).plusSeconds(1));
    assertThat(post("/unlock", "{\"pin\":\"" + PIN + "\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void the_token_file_of_this_computer_counts_as_the_pin() throws Exception {
    assertThat(get("/status.json", "Authorization", "Bearer " + LOCAL).body()).contains("Wanjiku");
    assertThat(get("/waiting.json", "Authorization", "Bearer " + LOCAL).statusCode())
        .isEqualTo(200);
    assertThat(get("/status.json", "Authorization", "Bearer other").body())
        .doesNotContain("Wanjiku");
  }

  @Test
  void other_pages_cannot_change_anything() throws Exception {
    assertThat(raw("POST /retry HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"))
        .contains(" 403 ");
    assertThat(
            post(
                    "/retry",
                    "{}",
                    "Authorization",
                    "Bearer " + LOCAL,
                    "Origin",
                    "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(source.changes).isEmpty();
  }

  @Test
  void unknown_names_for_this_computer_are_refused() throws Exception {
    assertThat(raw("GET / HTTP/1.1\r\nHost: rebound.example:80\r\n\r\n")).contains(" 421 ");
    assertThat(raw("GET / HTTP/1.0\r\n\r\n")).contains(" 421 ");
    for (String host : List.of("localhost", "127.0.0.1:8090", "[::1]:8090", "gateway.clinic")) {
      assertThat(raw("GET /status.json HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).contains(" 200 ");
    }
  }

  @Test
  void requests_are_bounded_and_slow_ones_do_no_harm() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
        socket.getOutputStream().write("GET /sta".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      assertThat(get("/status.json").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(post("/unlock", "{\"pin\":\"" + "9".repeat(5_000) + "\"}").statusCode())
        .isEqualTo(413);
    assertThat(post("/unlock", "{\"pin\":").statusCode()).isEqualTo(400);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(raw("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains(" 405 ");
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).GET(), headers);
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("X-Heliograph", "1")
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + page.port() + path);
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return line + " ";
    }
  }
}
