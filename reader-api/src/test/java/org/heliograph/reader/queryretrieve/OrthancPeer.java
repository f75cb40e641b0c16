package org.heliograph.reader.queryretrieve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.heliograph.reader.WebClient;
import tools.jackson.databind.JsonNode;

/** An Orthanc that knows us as a modality, driven by its REST interface. */
final class OrthancPeer implements AutoCloseable {
  static final String AE_TITLE = "ORTHANC";

  private final Process process;
  private final int http;
  private final int dicom;
  private final HttpClient client = HttpClient.newHttpClient();

  private OrthancPeer(Process process, int http, int dicom) {
    this.process = process;
    this.http = http;
    this.dicom = dicom;
  }

  static OrthancPeer start(Path folder, String ourTitle, int ourPort) throws IOException {
    int http = PeerProgram.freePort();
    int dicom = PeerProgram.freePort();
    Path config = folder.resolve("orthanc.json");
    Files.writeString(
        config,
        """
        {
          "Name": "peer", "StorageDirectory": "%1$s/orthanc", "IndexDirectory": "%1$s/orthanc",
          "Plugins": [], "HttpPort": %2$d, "RemoteAccessAllowed": false,
          "AuthenticationEnabled": false, "DicomAet": "%3$s", "DicomPort": %4$d,
          "DicomCheckCalledAet": false, "DicomAlwaysAllowStore": true,
          "DicomModalities": { "us": ["%5$s", "127.0.0.1", %6$d] }
        }
        """
            .formatted(folder, http, AE_TITLE, dicom, ourTitle, ourPort));
    Process process =
        PeerProgram.serve(
            http, folder.resolve("orthanc.log"), "/usr/sbin/Orthanc", config.toString());
    return new OrthancPeer(process, http, dicom);
  }

  int dicomPort() {
    return dicom;
  }

  /** Queries the studies of a patient, retrieves all of them, and returns how many there were. */
  int queryAndRetrieve(String patient) {
    JsonNode query =
        post(
            "/modalities/us/query",
            "{\"Level\":\"Study\",\"Query\":{\"PatientID\":\"" + patient + "\"}}");
    String path = "/queries/" + query.path("ID").asString();
    int answers = get(path + "/answers").size();
    post(path + "/retrieve", "{\"TargetAet\":\"" + AE_TITLE + "\",\"Synchronous\":true}");
    return answers;
  }

  int instances() {
    return get("/instances").size();
  }

  private JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  private JsonNode post(String path, String body) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path));
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(request.uri().getPath() + ": " + answer.body());
      }
      return WebClient.json(answer);
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
