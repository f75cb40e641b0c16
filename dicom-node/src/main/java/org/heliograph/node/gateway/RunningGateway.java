package org.heliograph.node.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.status.StatusDocument;
import org.heliograph.node.status.StatusSource;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the running gateway over its status page's port. */
final class RunningGateway implements LocalGateway {
  private final ControlFile control;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final JsonMapper json = JsonMapper.builder().build();

  private RunningGateway(ControlFile control) {
    this.control = control;
  }

  /** Empty if none runs. */
  static Optional<LocalGateway> find(Path folder) throws IOException, InterruptedException {
    Optional<ControlFile> control = ControlFile.read(folder);
    if (control.isEmpty()) {
      return Optional.empty();
    }
    RunningGateway gateway = new RunningGateway(control.get());
    try {
      gateway.statusJson();
      return Optional.of(gateway);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      // It was killed, and its file is old.
      gateway.close();
      return Optional.empty();
    }
  }

  @Override
  public StatusDocument status() throws IOException, InterruptedException {
    return json.readValue(statusJson(), StatusDocument.class);
  }

  @Override
  public String statusJson() throws IOException, InterruptedException {
    return get("/status.json");
  }

  @Override
  public int retry(String id) throws IOException, InterruptedException {
    return post("/retry", Map.of("id", id));
  }

  @Override
  public boolean urgent(String study, Urgency urgency) throws IOException, InterruptedException {
    return post("/urgent", Map.of("id", study, "urgency", urgency.name().toLowerCase(Locale.ROOT)))
        > 0;
  }

  @Override
  public int prune() throws IOException, InterruptedException {
    return post("/prune", Map.of());
  }

  @Override
  public List<StatusSource.Waiting> waiting() throws IOException, InterruptedException {
    return List.of(json.readValue(get("/waiting.json"), StatusSource.Waiting[].class));
  }

  @Override
  public void close() {
    http.close();
  }

  private String get(String path) throws IOException, InterruptedException {
    return ask(request(path).GET().build());
  }

  private int post(String path, Map<String, String> body) throws IOException, InterruptedException {
    String answer =
        ask(
            request(path)
                .header("X-Heliograph", "1")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build());
    return json.readTree(answer).path("count").asInt(0);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(control.url() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + control.token());
  }

  private String ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new CommandException(
          ExitCode.CANNOT_START,
          "The gateway at " + control.url() + " answered: " + answer.body().strip());
    }
    return answer.body();
  }
}
