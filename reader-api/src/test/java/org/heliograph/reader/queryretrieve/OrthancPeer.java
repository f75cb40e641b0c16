package org.heliograph.reader.queryretrieve;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** An Orthanc that knows us as a modality. */
public final class OrthancPeer implements AutoCloseable {
  public static final String AE_TITLE = "ORTHANC";

  private final OrthancProcess orthanc;
  private final int dicom;

  private OrthancPeer(OrthancProcess orthanc, int dicom) {
    this.orthanc = orthanc;
    this.dicom = dicom;
  }

  public static OrthancPeer start(Path folder, String ourTitle, int ourPort) throws IOException {
    int dicom = PeerProgram.freePort();
    return new OrthancPeer(
        OrthancProcess.start(
            folder,
            """
            "Plugins": [], "DicomAet": "%s", "DicomPort": %d, "DicomCheckCalledAet": false,
            "DicomAlwaysAllowStore": true, "DicomModalities": {
              "us": {"AET": "%s", "Host": "127.0.0.1", "Port": %d,
                     "AllowStorageCommitment": true}}
            """
                .formatted(AE_TITLE, dicom, ourTitle, ourPort)),
        dicom);
  }

  public int dicomPort() {
    return dicom;
  }

  /** Queries the studies of a patient, retrieves all of them, and returns how many there were. */
  int queryAndRetrieve(String patient) {
    JsonNode query =
        orthanc.post(
            "/modalities/us/query",
            "{\"Level\":\"Study\",\"Query\":{\"PatientID\":\"" + patient + "\"}}");
    String path = "/queries/" + query.path("ID").asString();
    int answers = orthanc.get(path + "/answers").size();
    orthanc.post(path + "/retrieve", "{\"TargetAet\":\"" + AE_TITLE + "\",\"Synchronous\":true}");
    return answers;
  }

  /** Asks us for the worklist of a station and returns the answers. */
  public JsonNode worklist(String station) {
    return orthanc.post(
        "/modalities/us/find-worklist",
        """
        {"PatientName": "", "PatientID": "", "AccessionNumber": "", "StudyInstanceUID": "",
         "ScheduledProcedureStepSequence":
           [{"ScheduledStationAETitle": "%s", "Modality": "", "ScheduledProcedureStepID": ""}]}
        """
            .formatted(station));
  }

  /** Asks us for storage commitment to an instance that it need not have; the transaction. */
  public String askForCommitment(String sopInstance, String sopClass) {
    return orthanc
        .post(
            "/modalities/us/storage-commitment",
            "{\"DicomInstances\":[{\"SOPClassUID\":\"%s\",\"SOPInstanceUID\":\"%s\"}]}"
                .formatted(sopClass, sopInstance))
        .path("ID")
        .asString();
  }

  /** What it has heard of a transaction. */
  public JsonNode commitment(String transaction) {
    return orthanc.get("/storage-commitment/" + transaction);
  }

  int instances() {
    return orthanc.get("/instances").size();
  }

  @Override
  public void close() {
    orthanc.close();
  }
}
