package org.heliograph.reader.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.queryretrieve.PeerProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Orthanc with its DICOMweb plug-in, a client of ours with somebody's session. */
final class OrthancWeb implements AutoCloseable {
  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  private final Process process;
  private final int http;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();

  private OrthancWeb(Process process, int http, Path log) {
    this.process = process;
    this.http = http;
    this.log = log;
  }

  static OrthancWeb start(Path folder, int ourPort, WebClient session) throws IOException {
    PeerProgram.need("Orthanc");
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(PLUGIN).exists();
    }
    assumeTrue(Files.exists(PLUGIN), "Orthanc's DICOMweb plug-in is not installed");
    String token = session.cookie("XSRF-TOKEN").orElseThrow();
    String cookies =
        "HELIOGRAPH_SESSION="
            + session.cookie("HELIOGRAPH_SESSION").orElseThrow()
            + "; XSRF-TOKEN="
            + token;
    int http = PeerProgram.freePort();
    Path config = folder.resolve("orthanc.json");
    Files.writeString(
        config,
        """
        {
          "Name": "peer", "StorageDirectory": "%1$s/orthanc", "IndexDirectory": "%1$s/orthanc",
          "Plugins": ["%2$s"], "HttpPort": %3$d, "RemoteAccessAllowed": false,
          "AuthenticationEnabled": false, "DicomServerEnabled": false,
          "DicomWeb": { "Servers": { "us": {
            "Url": "http://127.0.0.1:%4$d/dicomweb/",
            "HttpHeaders": { "Cookie": "%5$s", "X-XSRF-TOKEN": "%6$s" } } } }
        }
        """
            .formatted(folder, PLUGIN, http, ourPort, cookies, token));
    Path log = folder.resolve("orthanc.log");
    Process process = PeerProgram.serve(http, log, "/usr/sbin/Orthanc", config.toString());
    return new OrthancWeb(process, http, log);
  }

  void add(byte[] partTen) {
    send(request("/instances").POST(BodyPublishers.ofByteArray(partTen)).build());
  }

  /** Sends all it has by STOW-RS. */
  void store() {
    JsonNode studies = json(send(request("/studies").build()));
    post("/dicom-web/servers/us/stow", "{\"Resources\":" + studies + ",\"Synchronous\":true}");
  }

  /** Forgets all it has. */
  void clear() {
    for (JsonNode study : json(send(request("/studies").build()))) {
      send(request("/studies/" + study.asString()).DELETE().build());
    }
  }

  /** Takes a study by WADO-RS. */
  void retrieve(String study) {
    post(
        "/dicom-web/servers/us/retrieve",
        "{\"Resources\":[{\"Study\":\"" + study + "\"}],\"Synchronous\":true}");
  }

  /** The files it has. */
  List<byte[]> files() {
    List<byte[]> files = new ArrayList<>();
    for (JsonNode instance : json(send(request("/instances").build()))) {
      files.add(send(request("/instances/" + instance.asString() + "/file").build()));
    }
    return files;
  }

  private void post(String path, String body) {
    send(request(path).POST(BodyPublishers.ofString(body)).build());
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
      throw new AssertionError(e);
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
