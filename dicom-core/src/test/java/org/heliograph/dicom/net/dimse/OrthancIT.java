package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orthanc, both ways: driven by our SCUs, and by its REST interface as requestor of our SCP. */
@SuppressWarnings("NullAway.Init")
class OrthancIT {
  private static final SopClassUid SC = SopClassUid.of(Uids.SecondaryCaptureImageStorage);
  private static final TransferSyntaxUid EXPLICIT =
      TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
  private static final SopClassUid COMMITMENT = SopClassUid.of(Uids.StorageCommitmentPushModel);
  private static final SopInstanceUid COMMITMENT_INSTANCE =
      SopInstanceUid.of(Uids.StorageCommitmentPushModelInstance);
  private static final AeTitle ORTHANC = new AeTitle("ORTHANC");

  @TempDir private static Path folder;
  private static TestArchive archive;
  private static TestScp scp;
  private static Peer orthanc;
  private static int http;
  private static final ConcurrentLinkedQueue<NormalizedRequest> NORMALIZED =
      new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws IOException {
    Peer.need("Orthanc");
    archive = new TestArchive();
    scp =
        TestScp.start(
            archive
                .services()
                .normalized(
                    request -> {
                      NORMALIZED.add(request);
                      return NormalizedResult.of(DimseStatus.SUCCESS);
                    },
                    COMMITMENT));
    http = Peer.freePort();
    var dicom = Peer.freePort();
    var config = folder.resolve("orthanc.json");
    Files.writeString(
        config,
        """
        {
          "Name": "peer", "StorageDirectory": "%1$s/db", "IndexDirectory": "%1$s/db",
          "Plugins": [], "HttpPort": %2$d, "KeepAlive": false, "RemoteAccessAllowed": false,
          "AuthenticationEnabled": false, "DicomAet": "ORTHANC", "DicomPort": %3$d,
          "DicomCheckCalledAet": false, "DicomCheckModalityHost": false,
          "DicomAlwaysAllowEcho": true, "DicomAlwaysAllowStore": true,
          "DicomAlwaysAllowFind": true, "DicomAlwaysAllowGet": true, "DicomAlwaysAllowMove": true,
          "DicomModalities": {
            "ours": {"AET": "TESTSCP", "Host": "127.0.0.1", "Port": %4$d,
                     "AllowStorageCommitment": true},
            "caller": {"AET": "TESTSCU", "Host": "127.0.0.1", "Port": %4$d,
                       "AllowStorageCommitment": true}},
          "ConcurrentJobs": 1, "HttpsVerifyPeers": false
        }
        """
            .formatted(folder, http, dicom, scp.port()));
    orthanc = Peer.serve(folder, dicom, "Orthanc", List.of("--verbose", config.toString()));
    await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> get("/system") != null);
  }

  @AfterAll
  static void stop() {
    if (orthanc != null) {
      orthanc.close();
    }
    if (scp != null) {
      scp.close();
    }
  }

  private static String send(HttpRequest.Builder request) throws IOException {
    try (var client = HttpClient.newHttpClient()) {
      var response =
          client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path));
  }

  private static String get(String path) throws IOException {
    return send(at(path).GET());
  }

  private static String post(String path, String json) throws IOException {
    return send(at(path).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** The value of a field in a flat JSON answer. */
  private static String field(String json, String name) {
    var start = json.indexOf('"', json.indexOf(':', json.indexOf('"' + name + '"'))) + 1;
    return json.substring(start, json.indexOf('"', start));
  }

  private static List<StoredInstance> fill(String study, int count) throws IOException {
    var sent = new ArrayList<StoredInstance>();
    try (var scu =
        StorageScu.to("127.0.0.1", orthanc.port(), TestScp.CALLER, ORTHANC)
            .propose(SC, EXPLICIT)
            .proposeVerification()
            .open()) {
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
      for (var i = 0; i < count; i++) {
        var image = TestArchive.image(study, Uid.create().value());
        var instance = TestArchive.stored(image, Uids.ExplicitVrLittleEndian);
        assertThat(scu.store(instance, Priority.MEDIUM, null)).isEqualTo(DimseStatus.SUCCESS);
        sent.add(instance);
      }
      scu.release();
    }
    return sent;
  }

  private static Dataset study(String uid) {
    return Identifier.at(QueryRetrieveLevel.STUDY)
        .study(new StudyInstanceUid(new Uid(uid)))
        .returning(Tag.PatientName)
        .build();
  }

  @Test
  void our_scu_stores_finds_gets_and_moves() throws Exception {
    var study = Uid.create().value();
    var sent = fill(study, 6);
    var uids = sent.stream().map(StoredInstance::sopInstance).collect(Collectors.toSet());
    try (var scu =
        QueryRetrieveScu.to("127.0.0.1", orthanc.port(), TestScp.CALLER, ORTHANC)
            .proposeFind(InformationModel.STUDY_ROOT)
            .proposeMove(InformationModel.STUDY_ROOT)
            .proposeGet(InformationModel.STUDY_ROOT)
            .proposeRetrieved(SC, EXPLICIT)
            .open()) {
      try (var results = scu.find(InformationModel.STUDY_ROOT, study(study))) {
        var match = Objects.requireNonNull(results.next());
        assertThat(match.identifier().string(Tag.PatientName)).hasValue("Doe^Jane");
        assertThat(results.next()).isNull();
      }
      var got = new ArrayList<SopInstanceUid>();
      var get =
          scu.get(
              InformationModel.STUDY_ROOT,
              study(study),
              (request, in) -> {
                in.readAllBytes();
                got.add(request.sopInstance());
                return DimseStatus.SUCCESS;
              },
              Progress.IGNORED);
      assertThat(get.status()).isEqualTo(DimseStatus.SUCCESS);
      assertThat(got).containsExactlyInAnyOrderElementsOf(uids);

      var move =
          scu.move(InformationModel.STUDY_ROOT, TestScp.TITLE, study(study), Progress.IGNORED);
      assertThat(move.status()).isEqualTo(DimseStatus.SUCCESS);
      scu.release();
    }
    assertThat(archive.stores).extracting(StoreRequest::sopInstance).containsAll(uids);
    assertThat(archive.stores)
        .filteredOn(store -> uids.contains(store.sopInstance()))
        .allSatisfy(store -> assertThat(store.moveOriginator()).isNotNull());
  }

  @Test
  void orthanc_echoes_queries_and_retrieves_from_our_scp() throws Exception {
    var study = Uid.create().value();
    for (var i = 0; i < 3; i++) {
      archive.add(TestArchive.image(study, Uid.create().value()), Uids.ExplicitVrLittleEndian);
    }
    archive.destinations.put("ORTHANC", orthanc.port());

    post("/modalities/ours/echo", "{}");
    var query =
        post(
            "/modalities/ours/query",
            "{\"Level\":\"Study\",\"Query\":{\"StudyInstanceUID\":\"" + study + "\"}}");
    var answers = get("/queries/" + field(query, "ID") + "/answers/0/content?simplify");
    assertThat(answers).contains(study);
    var retrieve =
        post(
            "/queries/" + field(query, "ID") + "/answers/0/retrieve",
            "{\"TargetAet\":\"ORTHANC\",\"Synchronous\":true}");
    assertThat(retrieve).contains("ORTHANC");

    var found =
        post(
            "/tools/find",
            "{\"Level\":\"Instance\",\"Query\":{\"StudyInstanceUID\":\"" + study + "\"}}");
    assertThat(found.split("\"", -1)).hasSize(7);
  }

  @Test
  void orthanc_stores_to_our_scp() throws Exception {
    var sent = fill(Uid.create().value(), 3);
    var found = post("/tools/lookup", sent.getFirst().sopInstance().value().value());

    post("/modalities/ours/store", "\"" + field(found.substring(found.indexOf("ID")), "ID") + "\"");

    assertThat(archive.stores)
        .extracting(StoreRequest::sopInstance)
        .contains(sent.getFirst().sopInstance());
  }

  private static Dataset commitment(String transaction, List<StoredInstance> instances) {
    return Dataset.builder()
        .string(Tag.TransactionUID, transaction)
        .sequence(
            Tag.ReferencedSOPSequence,
            instances.stream()
                .map(each ->
                    Dataset.builder()
                        .string(Tag.ReferencedSOPClassUID, each.sopClass().value().value())
                        .string(Tag.ReferencedSOPInstanceUID, each.sopInstance().value().value())
                        .build())
                .toList())
        .build();
  }

  @Test
  void orthanc_commits_to_storage_and_reports_it_on_an_association_of_its_own() throws Exception {
    var sent = fill(Uid.create().value(), 2);
    var transaction = Uid.create().value();
    try (var scu =
        NormalizedScu.to("127.0.0.1", orthanc.port(), TestScp.CALLER, ORTHANC)
            .propose(COMMITMENT)
            .open()) {
      var result = scu.action(COMMITMENT, COMMITMENT_INSTANCE, 1, commitment(transaction, sent));
      assertThat(result.status()).isEqualTo(DimseStatus.SUCCESS);
      scu.release();
    }

    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() ->
            assertThat(NORMALIZED)
                .filteredOn(NormalizedRequest.EventReport.class::isInstance)
                .map(NormalizedRequest.EventReport.class::cast)
                .filteredOn(report ->
                    report.information().string(Tag.TransactionUID, "").equals(transaction))
                .singleElement()
                .satisfies(report -> {
                  assertThat(report.eventType()).isEqualTo(1);
                  assertThat(report.information().items(Tag.ReferencedSOPSequence)).hasSize(2);
                }));
  }

  @Test
  void orthanc_asks_us_for_commitment_and_takes_our_report() throws Exception {
    var sent = fill(Uid.create().value(), 1);
    var instance = sent.getFirst();
    var asked =
        post(
            "/modalities/ours/storage-commitment",
            "{\"DicomInstances\":[{\"SOPClassUID\":\""
                + instance.sopClass()
                + "\",\"SOPInstanceUID\":\""
                + instance.sopInstance()
                + "\"}]}");
    var transaction = field(asked, "ID");
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> NORMALIZED.stream().anyMatch(NormalizedRequest.Action.class::isInstance));
    assertThat(get("/storage-commitment/" + transaction)).contains("Pending");

    try (var scu =
        NormalizedScu.to("127.0.0.1", orthanc.port(), TestScp.TITLE, ORTHANC)
            .proposeAsScp(COMMITMENT)
            .open()) {
      var report =
          scu.eventReport(COMMITMENT, COMMITMENT_INSTANCE, 1, commitment(transaction, sent));
      assertThat(report.status()).isEqualTo(DimseStatus.SUCCESS);
      scu.release();
    }

    assertThat(get("/storage-commitment/" + transaction)).contains("Success");
  }
}
