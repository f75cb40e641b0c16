package org.heliograph.reader.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.reader.queryretrieve.OrthancProcess;
import org.heliograph.reader.queryretrieve.PeerProgram;
import tools.jackson.databind.JsonNode;

/** An Orthanc with its DICOMweb plug-in, a client of ours with a token. */
final class OrthancWeb implements AutoCloseable {
  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  private final OrthancProcess orthanc;

  private OrthancWeb(OrthancProcess orthanc) {
    this.orthanc = orthanc;
  }

  static OrthancWeb start(Path folder, int ourPort, String token) throws IOException {
    PeerProgram.need("Orthanc");
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(PLUGIN).exists();
    }
    assumeTrue(Files.exists(PLUGIN), "Orthanc's DICOMweb plug-in is not installed");
    return new OrthancWeb(
        OrthancProcess.start(
            folder,
            """
            "Plugins": ["%s"], "DicomServerEnabled": false,
            "DicomWeb": { "Servers": { "us": {
              "Url": "http://127.0.0.1:%d/dicomweb/",
              "HttpHeaders": { "Authorization": "Bearer %s" } } } }
            """
                .formatted(PLUGIN, ourPort, token)));
  }

  void add(byte[] partTen) {
    orthanc.post("/instances", partTen);
  }

  /** Sends all it has by STOW-RS. */
  void store() {
    JsonNode studies = orthanc.get("/studies");
    orthanc.post(
        "/dicom-web/servers/us/stow", "{\"Resources\":" + studies + ",\"Synchronous\":true}");
  }

  /** Forgets all it has. */
  void clear() {
    for (JsonNode study : orthanc.get("/studies")) {
      orthanc.delete("/studies/" + study.asString());
    }
  }

  /** Takes a study by WADO-RS. */
  void retrieve(String study) {
    orthanc.post(
        "/dicom-web/servers/us/retrieve",
        "{\"Resources\":[{\"Study\":\"" + study + "\"}],\"Synchronous\":true}");
  }

  /** The files it has. */
  List<byte[]> files() {
    List<byte[]> files = new ArrayList<>();
    for (JsonNode instance : orthanc.get("/instances")) {
      files.add(orthanc.bytes("/instances/" + instance.asString() + "/file"));
    }
    return files;
  }

  @Override
  public void close() {
    orthanc.close();
  }
}
