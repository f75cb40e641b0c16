package org.heliograph.node.lan;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.net.dimse.DimseScp;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.NormalizedRequest;
import org.heliograph.dicom.net.dimse.NormalizedResult;
import org.heliograph.dicom.net.dimse.NormalizedScu;
import org.heliograph.dicom.net.dimse.Peer;
import org.heliograph.dicom.net.ul.Association;
import org.heliograph.dicom.net.ul.AssociationServer;
import org.heliograph.dicom.net.ul.AssociationService;
import org.heliograph.dicom.net.ul.Caller;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.node.commitment.CommitmentReporter;
import org.heliograph.node.commitment.CommitmentService;
import org.heliograph.node.lan.KeptInstances.Fate;
import org.heliograph.node.link.PerformedStepReport;
import org.heliograph.node.mpps.ProcedureStepService;
import org.heliograph.node.peer.PeerAddress;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.storage.CallerPolicy;
import org.heliograph.node.storage.DicomNode;
import org.heliograph.node.storage.NodeSettings;
import org.heliograph.node.storage.StoreOutcome;
import org.heliograph.node.worklist.ModalityWorklistService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A modality's day at a gateway whose hub cannot be reached, with peers of others. */
@SuppressWarnings("NullAway.Init")
class LanServicesIT {
  private static final AeTitle GATEWAY = new AeTitle("GATEWAY");
  private static final AeTitle MODALITY = new AeTitle("CT1");
  private static final SopClassUid MPPS = SopClassUid.of(Uids.ModalityPerformedProcedureStep);
  private static final SopClassUid COMMITMENT = SopClassUid.of(Uids.StorageCommitmentPushModel);
  private static final SopInstanceUid WELL_KNOWN =
      SopInstanceUid.of(Uids.StorageCommitmentPushModelInstance);
  private static final SopClassUid CT = SopClassUid.of(Uids.CtImageStorage);
  private static final PeerConnections PLAIN =
      new PeerConnections(() -> {
        throw new IllegalStateException("no TLS here");
      });
  private static final String STUDY = "2.25.1000";

  @TempDir private Path folder;
  private final StandInHub hub = new StandInHub();
  private final Map<SopInstanceUid, Fate> fates = new ConcurrentHashMap<>();
  private final Map<AeTitle, PeerAddress> addresses = new ConcurrentHashMap<>();
  private StepQueue steps;
  private WorklistCache worklist;
  private CommitmentJournal commitments;
  private CommitmentReporter reporter;
  private DicomNode node;

  @BeforeEach
  void start() throws Exception {
    hub.worklist =
        Steps.worklist(
            Steps.item(STUDY, "S1", "A1", "SCHEDULED"), Steps.item(STUDY, "S2", "A1", "SCHEDULED"));
    open();
    worklist.refresh(hub);
    hub.away = true;
  }

  private void open() throws IOException {
    var clock = InstantSource.system();
    steps = StepQueue.open(folder.resolve("lan"), DurableFiles.SYSTEM, clock);
    worklist = WorklistCache.open(folder.resolve("lan"), DurableFiles.SYSTEM, clock, steps);
    commitments =
        CommitmentJournal.open(
            folder.resolve("lan"),
            DurableFiles.SYSTEM,
            clock,
            CommitmentSettings.defaults(),
            uid ->
                Optional.ofNullable(fates.get(uid)).map(fate -> new KeptInstances.Kept(CT, fate)),
            title -> Optional.ofNullable(addresses.get(title)));
    reporter = CommitmentReporter.start(GATEWAY, commitments, PLAIN);
    node =
        DicomNode.start(
            NodeSettings.of(GATEWAY).build(),
            CallerPolicy.everyone(),
            _ -> new StoreOutcome.Stored(),
            List.of(
                new ModalityWorklistService(worklist),
                new ProcedureStepService(steps),
                new CommitmentService(commitments)));
    steps.start(hub);
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    reporter.close();
    commitments.close();
    worklist.close();
    steps.close();
  }

  @Test
  void findscu_has_its_worklist_without_the_hub_and_after_a_restart() throws Exception {
    stop();
    open();

    String found = findscu("ScheduledProcedureStepSequence[0].Modality=CT");

    assertThat(found).contains("S1").contains("S2").contains("2.25.1000").contains("ISO_IR 192");
    assertThat(findscu("PatientID=P-S2")).contains("S2").doesNotContain("P-S1");
    assertThat(findscu("PatientID=P-S3")).doesNotContain("P-S");
  }

  @Test
  void a_performed_step_goes_its_way_and_reaches_the_hub_when_that_is_back() throws Exception {
    var uid = new SopInstanceUid(Uid.create());
    try (NormalizedScu modality = scu().propose(MPPS).open()) {
      Dataset begun = Steps.begun(STUDY, "S1", "A1");
      assertThat(modality.create(MPPS, uid, begun).status().hex()).isEqualTo("0000");
      assertThat(modality.create(MPPS, uid, begun).status().hex()).isEqualTo("0111");
      assertThat(findscu("PatientID")).contains("P-S2").doesNotContain("P-S1");
      var stranger = new SopInstanceUid(Uid.create());
      assertThat(modality.set(MPPS, stranger, Steps.ended("COMPLETED")).status().hex())
          .isEqualTo("0112");
      modality.release();
    }
    stop();
    open();
    try (NormalizedScu modality = scu().propose(MPPS).open()) {
      Dataset incomplete = Steps.ended("COMPLETED").without(Tag.PerformedProcedureStepEndDate);
      assertThat(modality.set(MPPS, uid, incomplete).status().hex()).isEqualTo("0120");
      assertThat(modality.set(MPPS, uid, Steps.ended("COMPLETED")).status().hex())
          .isEqualTo("0000");
      DimseStatus ended = modality.set(MPPS, uid, Steps.ended("DISCONTINUED")).status();
      assertThat(ended.hex()).isEqualTo("0110");
      assertThat(ended.errorId()).isEqualTo(0xa506);
      modality.release();
    }

    hub.away = false;
    steps.retry(uid);

    await().atMost(Duration.ofSeconds(20)).until(() -> steps.waiting().isEmpty());
    PerformedStepReport told = hub.lastStep();
    assertThat(told.revision()).isEqualTo(2);
    assertThat(told.attributes()).contains("COMPLETED").contains("2.25.77");
    assertThat(findscu("PatientID")).contains("P-S2").doesNotContain("P-S1");
  }

  @Test
  void a_commitment_is_reported_when_the_hub_has_signed() throws Exception {
    var confirmed = new SopInstanceUid(Uid.create());
    var onItsWay = new SopInstanceUid(Uid.create());
    fates.put(confirmed, Fate.CONFIRMED);
    fates.put(onItsWay, Fate.SPOOLED);
    Queue<Dataset> reports = new ConcurrentLinkedQueue<>();
    try (AssociationServer modality = listen(reports)) {
      addresses.put(
          MODALITY,
          new PeerAddress(MODALITY, "127.0.0.1", modality.port(), PeerAddress.Transport.PLAIN));
      try (NormalizedScu scu = scu().propose(COMMITMENT).open()) {
        assertThat(
                scu.action(COMMITMENT, WELL_KNOWN, 1, request("2.25.5", confirmed, onItsWay))
                    .status()
                    .hex())
            .isEqualTo("0000");
        scu.release();
      }
      assertThat(reports).isEmpty();
      fates.put(onItsWay, Fate.CONFIRMED);

      await().atMost(Duration.ofSeconds(30)).until(() -> commitments.waiting().isEmpty());

      assertThat(reports)
          .singleElement()
          .satisfies(report -> {
            assertThat(report.string(Tag.TransactionUID)).contains("2.25.5");
            assertThat(report.items(Tag.ReferencedSOPSequence)).hasSize(2);
            assertThat(report.contains(Tag.FailedSOPSequence)).isFalse();
          });
    }
  }

  @Test
  void an_unknown_instance_is_reported_on_the_same_association() throws Exception {
    Queue<Dataset> reports = new ConcurrentLinkedQueue<>();
    try (NormalizedScu scu =
        scu().propose(COMMITMENT).events(request -> take(request, reports)).open()) {
      var unknown = new SopInstanceUid(Uid.create());
      scu.action(COMMITMENT, WELL_KNOWN, 1, request("2.25.6", unknown));

      assertThat(scu.awaitEvent(Duration.ofSeconds(20))).isTrue();
      scu.release();
    }

    assertThat(reports.element().items(Tag.FailedSOPSequence))
        .singleElement()
        .satisfies(item -> assertThat(item.integer(Tag.FailureReason, 0)).isEqualTo(0x0112));
  }

  @Test
  void orthanc_asks_for_commitment_and_hears_of_it() throws Exception {
    Peer.need("Orthanc");
    var kept = new SopInstanceUid(Uid.create());
    fates.put(kept, Fate.CONFIRMED);
    int http = Peer.freePort();
    int dicom = Peer.freePort();
    addresses.put(
        new AeTitle("ORTHANC"),
        new PeerAddress(new AeTitle("ORTHANC"), "127.0.0.1", dicom, PeerAddress.Transport.PLAIN));
    Path settings =
        Files.writeString(
            folder.resolve("orthanc.json"),
            """
            {"StorageDirectory": "%1$s/db", "IndexDirectory": "%1$s/db", "Plugins": [],
             "HttpPort": %2$d, "KeepAlive": false, "RemoteAccessAllowed": false,
             "AuthenticationEnabled": false, "DicomAet": "ORTHANC", "DicomPort": %3$d,
             "DicomModalities": {"gateway": {"AET": "GATEWAY", "Host": "127.0.0.1", "Port": %4$d,
               "AllowStorageCommitment": true}}}
            """
                .formatted(folder, http, dicom, node.port()));
    try (Peer orthanc = Peer.serve(folder, dicom, "Orthanc", List.of(settings.toString()));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(orthanc).isNotNull();
      String base = "http://127.0.0.1:" + http;
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> get(client, base + "/system").contains("ORTHANC"));
      String asked =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create(base + "/modalities/gateway/storage-commitment"))
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"DicomInstances\":[[\"%s\",\"%s\"]]}"
                                  .formatted(Uids.CtImageStorage, kept.value())))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      String transaction = asked.replaceAll("(?s).*\"ID\"\\s*:\\s*\"([^\"]+)\".*", "$1");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              get(client, base + "/storage-commitment/" + transaction).contains("\"Success\""));
    }
  }

  private static String get(HttpClient client, String uri)
      throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
        .body();
  }

  private String findscu(String key) throws Exception {
    Peer.need("findscu");
    var found =
        Peer.run(
            folder,
            "findscu",
            List.of(
                "-W",
                "-aet",
                "CT1",
                "-aec",
                "GATEWAY",
                "-k",
                "SpecificCharacterSet=ISO_IR 192",
                "-k",
                "PatientName",
                "-k",
                "PatientID",
                "-k",
                "StudyInstanceUID",
                "-k",
                "ScheduledProcedureStepSequence[0].ScheduledProcedureStepID",
                "-k",
                key,
                "127.0.0.1",
                "" + node.port()));
    assertThat(found.exitCode()).as(found.output()).isZero();
    return found.output();
  }

  private NormalizedScu.Builder scu() {
    return NormalizedScu.to("127.0.0.1", node.port(), MODALITY, GATEWAY);
  }

  private static Dataset request(String transaction, SopInstanceUid... instances) {
    return Dataset.builder()
        .string(Tag.TransactionUID, transaction)
        .sequence(
            Tag.ReferencedSOPSequence,
            List.of(instances).stream()
                .map(each ->
                    Dataset.builder()
                        .string(Tag.ReferencedSOPClassUID, Uids.CtImageStorage)
                        .string(Tag.ReferencedSOPInstanceUID, each.value().value())
                        .build())
                .toList())
        .build();
  }

  private static NormalizedResult take(NormalizedRequest request, Queue<Dataset> reports) {
    reports.add(((NormalizedRequest.EventReport) request).information());
    return NormalizedResult.of(DimseStatus.SUCCESS);
  }

  private static AssociationServer listen(Queue<Dataset> reports) throws IOException {
    var services =
        DimseServices.builder().normalized(request -> take(request, reports), COMMITMENT).build();
    var settings = AssociationServer.Settings.defaults();
    var negotiation = services.negotiation(settings.maxPduLengthBytes()).build();
    return AssociationServer.start(
        settings,
        new AssociationService() {
          @Override
          public Decision decide(Pdu.AssociateRq request, Caller caller) {
            return negotiation.answer(request, caller);
          }

          @Override
          public void serve(long id, Association association) throws IOException {
            DimseScp.serve(association, services);
          }
        });
  }
}
