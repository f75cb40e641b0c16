package org.heliograph.reader.queryretrieve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running Orthanc, driven by its REST interface. It closes each connection after its answer: one
 * kept alive may be closed by Orthanc in the moment in which the next request goes out.
 */
public final class OrthancProcess implements AutoCloseable {
  private final Process process;
  private final int http;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();

  private OrthancProcess(Process process, int http, Path log) {
    this.process = process;
    this.http = http;
    this.log = log;
  }

  /**
   * Starts one with its data in a folder.
   *
   * @param settings further members of its configuration, as JSON without the braces
   */
  public static OrthancProcess start(Path folder, String settings) throws IOException {
    int http = PeerProgram.freePort();
    Path config = folder.resolve("orthanc.json");
    Files.writeString(
        config,
        """
        {
          "Name": "peer", "StorageDirectory": "%1$s/orthanc", "IndexDirectory": "%1$s/orthanc",
          "HttpPort": %2$d, "KeepAlive": false, "RemoteAccessAllowed": false,
          "AuthenticationEnabled": false,
          %3$s
        }
        """
            .formatted(folder, http, settings));
    Path log = folder.resolve("orthanc.log");
    Process process = PeerProgram.serve(http, log, "/usr/sbin/Orthanc", config.toString());
    return new OrthancProcess(process, http, log);
  }

  public JsonNode get(String path) {
    return json(bytes(path));
  }

  public byte[] bytes(String path) {
    return send(request(path).build());
  }

  public JsonNode post(String path, String body) {
    return json(send(request(path).POST(BodyPublishers.ofString(body)).build()));
  }

  public void post(String path, byte[] body) {
    send(request(path).POST(BodyPublishers.ofByteArray(body)).build());
  }

  public void delete(String path) {
    send(request(path).DELETE().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
        .timeout(Duration.ofSeconds(30));
  }

  private static JsonNode json(byte[] body) {
    return JsonMapper.builder().build().readTree(body);
  }

  private byte[] send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            request.uri().getPath()
                + ": "
                + new String(answer.body(), StandardCharsets.UTF_8)
                + Files.readString(log));
      }
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(request.method() + " " + request.uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
