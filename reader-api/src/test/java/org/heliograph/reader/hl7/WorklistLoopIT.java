package org.heliograph.reader.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.NormalizedScu;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.TestCases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.queryretrieve.OrthancPeer;
import org.heliograph.reader.queryretrieve.PeerProgram;
import org.heliograph.reader.sites.AeRight;
import org.heliograph.reader.sites.ApplicationEntities;
import org.heliograph.reader.sites.ApplicationEntity;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From an order or a request over the modality's worklist and its report to the case. */
@HubTest
class WorklistLoopIT {
  private static final SopClassUid MPPS = SopClassUid.of(Uids.ModalityPerformedProcedureStep);
  private static final String STATION = "LOOP_DX";

  @Autowired private Environment environment;
  @Autowired private Sites sites;
  @Autowired private ApplicationEntities entities;
  @Autowired private Hl7Sources sources;
  @Autowired private People people;
  @Autowired private TestCases cases;
  @Autowired private Archive archive;
  @Autowired private JdbcClient sql;
  @TempDir private Path folder;
  private UUID site = new UUID(0, 0);
  private UUID clinic = new UUID(0, 0);

  @BeforeEach
  void two_sites_with_a_station_each() {
    site = station("LOOPEAST", STATION);
    station("LOOPWEST", "WEST_DX");
    sites.addAeTitle("LOOPEAST", "LOOP_STORE");
    sources.add(site, "RIS", "EAST", "CLINIC");
    clinic = TestPeople.person(people, "loop-clinic", Role.CLINIC, null, site).id();
  }

  private UUID station(String code, String title) {
    UUID id = TestPeople.site(sites, code).id();
    sites.addAeTitle(code, title);
    entities.set(new ApplicationEntity(title, id, null, null, false, Set.of(AeRight.WORKLIST)));
    return id;
  }

  @Test
  void findscu_finds_an_order_that_came_over_a_socket_and_only_its_own_site_does()
      throws Exception {
    PeerProgram.need("findscu");
    var order = new OrderMessages("RIS");
    assertThat(send(order.orm("NW"))).contains("MSA|AA|");

    assertThat(findscu(STATION, order, "20260304", "DX"))
        .singleElement()
        .satisfies(item -> {
          assertThat(item.string(Tag.AccessionNumber, "")).isEqualTo(order.accession);
          assertThat(item.string(Tag.StudyInstanceUID, "")).startsWith("2.25.");
          assertThat(item.string(Tag.RequestedProcedureID, "")).isEqualTo("RP1");
          assertThat(item.personName(Tag.PatientName).orElseThrow().value())
              .isEqualTo("Kamau^Wanjiru");
          Dataset step = item.item(Tag.ScheduledProcedureStepSequence).orElseThrow();
          assertThat(step.string(Tag.ScheduledProcedureStepID, "")).isEqualTo("SPS1");
          assertThat(step.string(Tag.ScheduledStationAETitle, "")).isEqualTo(STATION);
          assertThat(step.string(Tag.ScheduledProcedureStepStartTime, "")).isEqualTo("101500");
        });
    assertThat(findscu(STATION, order, "20260301-20260303", "DX")).isEmpty();
    assertThat(findscu(STATION, order, "20260304", "CT")).isEmpty();
    assertThat(findscu("WEST_DX", order, "20260304", "DX")).isEmpty();
    assertThat(items("LOOP_STORE", order.accession).status()).isEqualTo("0124");

    order.start = "20260305";
    assertThat(send(order.orm("XO"))).contains("MSA|AA|");
    assertThat(findscu(STATION, order, "20260304", "DX")).isEmpty();
    assertThat(findscu(STATION, order, "20260305", "DX")).hasSize(1);
    assertThat(send(order.cancel())).contains("MSA|AA|");
    assertThat(findscu(STATION, order, "20260305", "DX")).isEmpty();
  }

  @Test
  void a_draft_that_expects_an_x_ray_is_on_the_worklist_until_it_is_cancelled() throws Exception {
    PeerProgram.need("findscu");
    var file = draft("D" + UUID.randomUUID().toString().substring(0, 10));
    var order = new OrderMessages("RIS");
    String today =
        LocalDate.ofInstant(file.createdAt(), ZoneId.systemDefault()).toString().replace("-", "");

    assertThat(findscu(STATION, order, today, "CR"))
        .filteredOn(i -> i.string(Tag.AccessionNumber, "").equals(accession(file)))
        .singleElement()
        .satisfies(item -> {
          Dataset step = item.item(Tag.ScheduledProcedureStepSequence).orElseThrow();
          assertThat(step.string(Tag.Modality, "")).isEqualTo("CR");
          assertThat(step.string(Tag.ScheduledProcedureStepDescription, ""))
              .isEqualTo("X-ray HAND left");
          assertThat(item.string(Tag.PatientID, "")).isEqualTo("P-17");
        });

    cases.append(file.id(), clinic, CaseEventKind.CANCELLED);
    assertThat(items(STATION, accession(file)).found()).isEmpty();
  }

  @Test
  void a_performed_step_takes_the_item_off_the_list_and_the_study_closes_the_case()
      throws Exception {
    var file = draft("M" + UUID.randomUUID().toString().substring(0, 10));
    Dataset item = items(STATION, accession(file)).found().getFirst();
    Uid study = item.uid(Tag.StudyInstanceUID).orElseThrow();
    Uid series = Uid.create();
    try (var scu = open(STATION)) {
      var first = SopInstanceUid.of(Uid.create().value());
      assertThat(scu.create(MPPS, first, begun(item)).status().hex()).isEqualTo("0000");
      assertThat(scu.create(MPPS, first, begun(item)).status().hex()).isEqualTo("0111");
      assertThat(items(STATION, accession(file)).found()).isEmpty();
      assertThat(items(STATION, accession(file), "STARTED").found()).hasSize(1);
      assertThat(scu.set(MPPS, first, ended("DISCONTINUED", series)).status().hex())
          .isEqualTo("0000");
      assertThat(items(STATION, accession(file)).found()).as("open again").hasSize(1);
      assertThat(scu.set(MPPS, first, ended("COMPLETED", series)).status())
          .satisfies(status -> {
            assertThat(status.hex()).isEqualTo("0110");
            assertThat(status.errorId()).isEqualTo(0xa506);
          });

      var second = SopInstanceUid.of(Uid.create().value());
      assertThat(scu.create(MPPS, second, begun(item)).status().hex()).isEqualTo("0000");
      assertThat(
              scu.set(
                      MPPS,
                      second,
                      Dataset.builder()
                          .string(Tag.PerformedProcedureStepStatus, "COMPLETED")
                          .build())
                  .status()
                  .hex())
          .isEqualTo("0120");
      try (var stranger = open("WEST_DX")) {
        assertThat(stranger.set(MPPS, second, ended("COMPLETED", series)).status().hex())
            .isEqualTo("0112");
      }
      assertThat(scu.set(MPPS, second, ended("COMPLETED", series)).status().hex())
          .isEqualTo("0000");
      assertThat(items(STATION, accession(file)).found()).isEmpty();
      assertThat(
              scu.set(MPPS, SopInstanceUid.of(Uid.create().value()), ended("COMPLETED", series))
                  .status()
                  .hex())
          .isEqualTo("0112");
      assertThat(scu.create(MPPS, null, begun(item).without(Tag.Modality)).status())
          .satisfies(status -> {
            assertThat(status.hex()).isEqualTo("0120");
            assertThat(status.offendingElements()).containsExactly(Tag.Modality);
          });
      assertThat(scu.get(MPPS, second, List.of()).status().hex()).isEqualTo("0211");
    }
    assertThat(
            sql.sql(
                    "select instance_count from reading.performed_series where series_instance_uid"
                        + " = ?")
                .param(series.value())
                .query(Integer.class)
                .list())
        .containsOnly(2);

    // No accession number, another patient ID: the worklist's UID alone leads to the case.
    store(study, series, "", "SOMEONE");
    assertThat(caseOf(study)).isEqualTo(file.id().value());
  }

  @Test
  void a_study_of_an_order_opens_a_case_of_what_was_ordered() throws Exception {
    var order = new OrderMessages("RIS");
    order.study = Uid.create().value();
    assertThat(send(order.omi("NW"))).contains("MSA|AA|");
    assertThat(items(STATION, order.accession).found())
        .singleElement()
        .satisfies(
            item -> assertThat(item.string(Tag.StudyInstanceUID, "")).isEqualTo(order.study));

    store(new Uid(order.study), Uid.create(), order.accession, order.patient);

    UUID opened = caseOf(new Uid(order.study));
    assertThat(
            sql.sql("select history || '/' || urgency from reading.case_file where id = ?")
                .param(opened)
                .query(String.class)
                .single())
        .isEqualTo("Cough/EMERGENCY");
    assertThat(
            sql.sql("select state from reading.scheduled_step where case_id = ?")
                .param(opened)
                .query(String.class)
                .single())
        .isEqualTo("COMPLETED");
    assertThat(items(STATION, order.accession).found()).isEmpty();
    assertThat(send(order.cancel())).contains("MSA|AE|", "TR-0463");
  }

  @Test
  void a_study_with_the_accession_number_of_an_order_is_its_study() throws Exception {
    var order = new OrderMessages("RIS");
    assertThat(send(order.orm("NW"))).contains("MSA|AA|");
    Uid study = Uid.create();

    store(study, Uid.create(), order.accession, order.patient);

    assertThat(
            sql.sql("select question from reading.case_file where id = ?")
                .param(caseOf(study))
                .query(String.class)
                .single())
        .isEqualTo("Rule out pneumonia");
    assertThat(items(STATION, order.accession).found()).isEmpty();
  }

  @Test
  void names_of_three_groups_and_other_character_sets_arrive_whole() throws Exception {
    var order = new OrderMessages("RIS");
    order.name = "Yamada^Tarou^^^^^L^A~山田^太郎^^^^^L^I~やまだ^たろう^^^^^L^P";
    assertThat(send(order.orm("NW"))).contains("MSA|AA|");
    var latin = new OrderMessages("RIS");
    latin.name = "Nuñez^José";
    latin.characterSet = "8859/1";
    try (var client = MllpClient.to(hl7Port())) {
      assertThat(client.exchange(latin.orm("NW").getBytes(StandardCharsets.ISO_8859_1)))
          .contains("MSA|AA|");
    }

    assertThat(name(items(STATION, order.accession).found().getFirst()))
        .isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(name(items(STATION, latin.accession).found().getFirst())).isEqualTo("Nuñez^José");
    Dataset asked =
        keys(latin.accession, "").toBuilder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 100")
            .string(Tag.PatientName, "NUÑEZ*")
            .build();
    assertThat(find(STATION, asked).found())
        .singleElement()
        .satisfies(
            item -> assertThat(item.string(Tag.SpecificCharacterSet, "")).isEqualTo("ISO_IR 100"));
  }

  @Test
  void orthanc_asks_for_the_worklist() throws Exception {
    PeerProgram.need("Orthanc");
    var order = new OrderMessages("RIS");
    assertThat(send(order.orm("NW"))).contains("MSA|AA|");
    station("LOOPEAST", OrthancPeer.AE_TITLE);
    try (var orthanc = OrthancPeer.start(folder, aeTitle(), dicomPort())) {
      assertThat(orthanc.worklist(STATION).toString())
          .contains(order.accession)
          .contains(order.patient);
    } finally {
      entities.remove(OrthancPeer.AE_TITLE);
    }
  }

  private CaseFile draft(String accession) {
    return cases.draft(
        site,
        clinic,
        TestCases.request(Specialty.RADIOLOGY, Urgency.ROUTINE, null, accession, true));
  }

  private static String accession(CaseFile file) {
    return file.request().accessionNumber();
  }

  private String send(String message) {
    return MllpClient.send(hl7Port(), message);
  }

  private static String name(Dataset item) {
    return item.personName(Tag.PatientName).orElseThrow().value();
  }

  private static Dataset begun(Dataset item) {
    Dataset step = item.item(Tag.ScheduledProcedureStepSequence).orElseThrow();
    return Dataset.builder()
        .string(Tag.PerformedProcedureStepStatus, "IN PROGRESS")
        .string(Tag.PerformedProcedureStepID, "PPS1")
        .string(Tag.PerformedStationAETitle, STATION)
        .string(Tag.PerformedProcedureStepStartDate, "20260304")
        .string(Tag.PerformedProcedureStepStartTime, "101600")
        .string(Tag.Modality, "DX")
        .string(Tag.PatientName, "Okafor^Adaeze")
        .sequence(
            Tag.ScheduledStepAttributesSequence,
            Dataset.builder()
                .string(Tag.StudyInstanceUID, item.string(Tag.StudyInstanceUID, ""))
                .string(Tag.AccessionNumber, item.string(Tag.AccessionNumber, ""))
                .string(Tag.ScheduledProcedureStepID, step.string(Tag.ScheduledProcedureStepID, ""))
                .build())
        .build();
  }

  private static Dataset ended(String status, Uid series) {
    Dataset image =
        Dataset.builder()
            .string(Tag.ReferencedSOPClassUID, Uids.DigitalXRayImageStorageForPresentation)
            .string(Tag.ReferencedSOPInstanceUID, Uid.create().value())
            .build();
    return Dataset.builder()
        .string(Tag.PerformedProcedureStepStatus, status)
        .string(Tag.PerformedProcedureStepEndDate, "20260304")
        .string(Tag.PerformedProcedureStepEndTime, "102000")
        .sequence(
            Tag.PerformedSeriesSequence,
            Dataset.builder()
                .string(Tag.SeriesInstanceUID, series.value())
                .string(Tag.ProtocolName, "HAND")
                .sequence(Tag.ReferencedImageSequence, image, image)
                .build())
        .build();
  }

  private void store(Uid study, Uid series, String accession, String patient) throws IOException {
    Dataset slice =
        CtStudies.slice(study, series, 1, 16)
            .string(Tag.PatientID, patient)
            .string(Tag.AccessionNumber, accession)
            .build();
    IngestResult result =
        archive
            .ingest()
            .ingest(
                new Incoming(
                    site,
                    "dimse:" + STATION,
                    TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
                    null,
                    null,
                    new ByteArrayInputStream(CtStudies.encode(slice))));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
  }

  private UUID caseOf(Uid study) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                sql.sql("select case_id from reading.case_study where study_instance_uid = ?")
                    .param(study.value())
                    .query(UUID.class)
                    .list(),
            found -> !found.isEmpty())
        .getFirst();
  }

  private record Answer(List<Dataset> found, String status) {}

  private Answer items(String caller, String accession) throws IOException {
    return find(caller, keys(accession, ""));
  }

  private Answer items(String caller, String accession, String status) throws IOException {
    return find(caller, keys(accession, status));
  }

  private static Dataset keys(String accession, String status) {
    var step =
        Dataset.builder().empty(Tag.ScheduledProcedureStepID).empty(Tag.ScheduledStationAETitle);
    if (!status.isEmpty()) {
      step.string(Tag.ScheduledProcedureStepStatus, status);
    }
    return Dataset.builder()
        .string(Tag.AccessionNumber, accession)
        .empty(Tag.StudyInstanceUID)
        .empty(Tag.PatientName)
        .sequence(Tag.ScheduledProcedureStepSequence, step.build())
        .build();
  }

  private Answer find(String caller, Dataset keys) throws IOException {
    List<Dataset> found = new ArrayList<>();
    try (var scu =
            QueryRetrieveScu.to(
                    "127.0.0.1", dicomPort(), new AeTitle(caller), new AeTitle(aeTitle()))
                .proposeFind(InformationModel.MODALITY_WORKLIST)
                .open();
        var results = scu.find(InformationModel.MODALITY_WORKLIST, keys)) {
      for (var match = results.next(); match != null; match = results.next()) {
        found.add(match.identifier());
      }
      DimseStatus status = results.status();
      scu.release();
      return new Answer(found, status.hex());
    }
  }

  private NormalizedScu open(String caller) throws IOException {
    return NormalizedScu.to("127.0.0.1", dicomPort(), new AeTitle(caller), new AeTitle(aeTitle()))
        .propose(MPPS)
        .open();
  }

  private List<Dataset> findscu(String caller, OrderMessages order, String date, String modality)
      throws Exception {
    Path answers = Files.createTempDirectory(folder, "find");
    String step = "ScheduledProcedureStepSequence[0].";
    List<String> command =
        new ArrayList<>(
            List.of(
                "findscu",
                "-W",
                "-X",
                "-od",
                answers.toString(),
                "-aet",
                caller,
                "-aec",
                aeTitle()));
    for (String key :
        List.of(
            "PatientName",
            "PatientID",
            "AccessionNumber",
            "StudyInstanceUID",
            "RequestedProcedureID",
            step + "ScheduledStationAETitle=" + STATION,
            step + "ScheduledProcedureStepStartDate=" + date,
            step + "ScheduledProcedureStepStartTime",
            step + "Modality=" + modality,
            step + "ScheduledProcedureStepDescription",
            step + "ScheduledProcedureStepID")) {
      command.addAll(List.of("-k", key));
    }
    command.addAll(List.of("127.0.0.1", "" + dicomPort()));
    PeerProgram.run(command.toArray(String[]::new));
    List<Dataset> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(answers)) {
      for (Path file : files.toList()) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
          found.add(DicomReader.readPart10(in, ReadOptions.defaults()).dataset());
        }
      }
    }
    found.removeIf(item ->
        item.string(Tag.PatientID, "").startsWith("HL")
            && !item.string(Tag.PatientID, "").equals(order.patient));
    return found;
  }

  private int dicomPort() {
    return Integer.parseInt(Objects.requireNonNull(environment.getProperty("local.dicom.port")));
  }

  private int hl7Port() {
    return Integer.parseInt(Objects.requireNonNull(environment.getProperty("local.hl7.port")));
  }

  private String aeTitle() {
    return Objects.requireNonNull(environment.getProperty("heliograph.ae-title"));
  }
}
