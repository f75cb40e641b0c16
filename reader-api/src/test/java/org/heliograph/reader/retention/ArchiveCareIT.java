package org.heliograph.reader.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.quota.QuotaMode;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.queryretrieve.PeerProgram;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Corrections, rejection and removal at the whole hub, seen by the web and by dcmtk. */
@HubTest
class ArchiveCareIT {
  private static final String CARE = "CARE";

  @LocalServerPort private int port;
  @Autowired private Environment environment;
  @Autowired private Sites sites;
  @Autowired private People people;
  @Autowired private Archive archive;
  @Autowired private JdbcClient sql;
  @TempDir private Path folder;

  private final String patient = "CARE" + UUID.randomUUID().toString().substring(0, 8);
  private final Uid study = Uid.create();
  private final Uid series = Uid.create();
  private UUID site = new UUID(0, 0);
  private WebClient coordinator = new WebClient(0);

  @BeforeEach
  void a_study_of_two_slices() throws IOException {
    site = TestPeople.site(sites, CARE).id();
    sites.addAeTitle(CARE, "CARER");
    TestPeople.person(people, "care-coordinator", Role.COORDINATOR, null, null);
    coordinator = new WebClient(port);
    coordinator.signIn("care-coordinator", TestPeople.PASSWORD);
    store(slice(1, patient));
    store(slice(2, patient));
  }

  private Dataset slice(int number, String id) {
    return CtStudies.slice(study, series, number, 16)
        .string(Tag.PatientID, id)
        .string(Tag.PatientName, "Kamau^Wanjiru")
        .string(Tag.StudyDate, "20260304")
        .build();
  }

  private void store(Dataset dataset) throws IOException {
    IngestResult result =
        archive
            .ingest()
            .ingest(
                new Incoming(
                    site,
                    "upload",
                    TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
                    null,
                    null,
                    new ByteArrayInputStream(CtStudies.encode(dataset))));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
  }

  @Test
  void findscu_and_getscu_see_the_corrected_patient() throws Exception {
    PeerProgram.need("findscu", "getscu");

    HttpResponse<String> done =
        coordinator.post(
            "/api/patients/update",
            """
            {"site":"CARE","patient":"%s","name":"Kamau^Wanjirū","sex":"F","id":"N%s",
             "reason":"typed wrong"}
            """
                .formatted(patient, patient));

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(findscu("PatientID=" + patient)).doesNotContain("(Pending)");
    assertThat(findscu("PatientID=N" + patient)).contains("(Pending)");
    Path got = Files.createDirectories(folder.resolve("got"));
    PeerProgram.run(
        "getscu",
        "-S",
        "-aet",
        "CARER",
        "-aec",
        aeTitle(),
        "-od",
        got.toString(),
        "-k",
        "QueryRetrieveLevel=STUDY",
        "-k",
        "StudyInstanceUID=" + study,
        "127.0.0.1",
        "" + dicomPort());
    assertThat(files(got))
        .hasSize(2)
        .allSatisfy(file -> {
          Dataset out = read(file);
          assertThat(out.string(Tag.PatientName)).contains("Kamau^Wanjirū");
          assertThat(out.string(Tag.PatientID)).contains("N" + patient);
          assertThat(
                  out.item(Tag.OriginalAttributesSequence)
                      .orElseThrow()
                      .item(Tag.ModifiedAttributesSequence)
                      .orElseThrow()
                      .string(Tag.PatientID))
              .contains(patient);
        });

    long change = WebClient.json(done).get("change").asLong();
    String history = coordinator.get("/api/patients/history?site=CARE&patient=N" + patient).body();
    assertThat(history).contains("typed wrong", "Person care-coordinator");
    HttpResponse<String> undone =
        coordinator.post(
            "/api/patients/changes/" + change + "/undo", "{\"site\":\"CARE\",\"reason\":\"no\"}");
    assertThat(undone.statusCode()).as(undone.body()).isEqualTo(200);
    assertThat(findscu("PatientID=" + patient)).contains("(Pending)");
    assertThat(audited("PATIENT_RECORD", "UPDATE 1 studies")).isPositive();
  }

  @Test
  void a_note_sent_by_storescu_hides_images_and_withdrawing_it_gives_them_back() throws Exception {
    PeerProgram.need("storescu", "findscu");
    Dataset first = slice(3, patient);
    store(first);
    Path file = folder.resolve("note.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, note(first), BulkSource.NONE);
    }
    assertThat(findscu("StudyInstanceUID=" + study, "NumberOfStudyRelatedInstances"))
        .contains("[3");

    PeerProgram.run(
        "storescu",
        "-aet",
        "CARER",
        "-aec",
        aeTitle(),
        "127.0.0.1",
        "" + dicomPort(),
        file.toString());

    String address =
        "/dicomweb/studies/"
            + study
            + "/series/"
            + series
            + "/instances/"
            + first.string(Tag.SOPInstanceUID, "");
    link();
    assertThat(coordinator.get(address + "/metadata").statusCode()).isEqualTo(404);
    assertThat(
            coordinator
                .get("/dicomweb/studies/" + study + "/series/" + series + "/instances")
                .body())
        .doesNotContain(first.string(Tag.SOPInstanceUID, "?"));
    String list = coordinator.get("/api/studies/" + study + "/rejections").body();
    assertThat(list).contains("PATIENT_SAFETY");
    long rejection =
        WebClient.json(coordinator.get("/api/studies/" + study + "/rejections"))
            .get(0)
            .get("rejection")
            .asLong();
    assertThat(
            coordinator
                .post("/api/rejections/" + rejection + "/withdraw", "{\"reason\":\"was fine\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(coordinator.get(address + "/metadata").statusCode()).isEqualTo(200);
  }

  @Test
  void a_rejected_study_is_gone_for_everybody_and_a_hold_keeps_it_from_removal() {
    link();
    String hold =
        coordinator.post("/api/studies/" + study + "/hold", "{\"reason\":\"court\"}").body();
    HttpResponse<String> refused =
        coordinator.post(
            "/api/studies/" + study + "/reject",
            "{\"code\":\"QUALITY\",\"removeAfterDays\":0,\"reason\":\"x\"}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("TR-0410");

    HttpResponse<String> rejected =
        coordinator.post(
            "/api/studies/" + study + "/reject", "{\"code\":\"QUALITY\",\"reason\":\"x\"}");

    assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(200);
    assertThat(coordinator.get("/dicomweb/studies?StudyInstanceUID=" + study).statusCode())
        .isEqualTo(204);
    assertThat(
            coordinator
                .post(
                    "/api/studies/" + study + "/reject", "{\"code\":\"QUALITY\",\"reason\":\"x\"}")
                .body())
        .contains("TR-0412");
    long number = Long.parseLong(hold.replaceAll("\\D", ""));
    assertThat(
            coordinator
                .send("DELETE", "/api/holds/" + number, "{\"reason\":\"settled\"}", true)
                .statusCode())
        .isEqualTo(200);
    assertThat(audited("STUDY_DELETED", "REJECT 113001")).isPositive();
  }

  @Test
  void storage_is_told_without_patients_and_a_full_site_is_refused_with_a700() throws Exception {
    PeerProgram.need("storescu");
    TestPeople.site(sites, "FULL");
    sites.addAeTitle("FULL", "FULLSCU");
    UUID full = sites.byCode("FULL").orElseThrow().id();
    Path file = folder.resolve("slice.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out,
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
          CtStudies.slice(Uid.create(), Uid.create(), 1, 16).build(),
          BulkSource.NONE);
    }
    assertThat(send(file)).doesNotContain("0xa700");
    archive.quotas().set(full, 1, QuotaMode.HARD);

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> send(file).contains("0xa700"));
    TestPeople.person(people, "care-administrator", Role.ADMINISTRATOR, null, null);
    WebClient administrator = new WebClient(port);
    administrator.signIn("care-administrator", TestPeople.PASSWORD);
    assertThat(administrator.get("/api/storage").body()).contains("\"FULL\"", "\"threshold\":100");
    assertThat(administrator.get("/api/patients/history?site=CARE&patient=x").statusCode())
        .isEqualTo(403);
    archive.quotas().remove(full);
  }

  private String send(Path file) throws Exception {
    return PeerProgram.run(
        "storescu",
        "-d",
        "-aet",
        "FULLSCU",
        "-aec",
        aeTitle(),
        "127.0.0.1",
        "" + dicomPort(),
        file.toString());
  }

  /** A case that the coordinator sees the study by. */
  private void link() {
    UUID known = UUID.randomUUID();
    sql.sql(
            """
            insert into reading.case_file (id, number, site_id, specialty, state, urgency, version,
              event_count, patient_family_name, patient_given_name, patient_id,
              issuer_of_patient_id, patient_sex, has_request, body_part, question, history,
              accession_number, expects_xray, modality, created_at, updated_at)
            values (:id, :number, :site, 'RADIOLOGY', 'WAITING', 'ROUTINE', 1, 0, 'Kamau', 'W', 'x',
              '', '', true, '', '', '', '', false, 'CT', now(), now())
            """)
        .param("id", known)
        .param("number", "CARE-" + known)
        .param("site", site)
        .update();
    sql.sql(
            """
            insert into reading.case_study (study_instance_uid, case_id, origin, linked_at)
            values (?, ?, 'SENT', now()) on conflict do nothing
            """)
        .params(study.value(), known)
        .update();
  }

  private long audited(String kind, String detail) {
    return sql.sql("select count(*) from reading.audit_event where kind = ? and detail = ?")
        .params(kind, detail)
        .query(Long.class)
        .single();
  }

  private static Dataset note(Dataset image) {
    return Dataset.builder()
        .string(Tag.SOPClassUID, Uids.KeyObjectSelectionDocumentStorage)
        .string(Tag.SOPInstanceUID, Uid.create().value())
        .string(Tag.StudyInstanceUID, image.string(Tag.StudyInstanceUID, ""))
        .string(Tag.SeriesInstanceUID, Uid.create().value())
        .string(Tag.PatientID, image.string(Tag.PatientID, ""))
        .string(Tag.PatientName, image.string(Tag.PatientName, ""))
        .string(Tag.Modality, "KO")
        .sequence(
            Tag.ConceptNameCodeSequence,
            Dataset.builder()
                .string(Tag.CodeValue, "113037")
                .string(Tag.CodingSchemeDesignator, "DCM")
                .string(Tag.CodeMeaning, "Rejected for Patient Safety Reasons")
                .build())
        .sequence(
            Tag.CurrentRequestedProcedureEvidenceSequence,
            Dataset.builder()
                .string(Tag.StudyInstanceUID, image.string(Tag.StudyInstanceUID, ""))
                .sequence(
                    Tag.ReferencedSeriesSequence,
                    Dataset.builder()
                        .string(Tag.SeriesInstanceUID, image.string(Tag.SeriesInstanceUID, ""))
                        .sequence(
                            Tag.ReferencedSOPSequence,
                            Dataset.builder()
                                .string(
                                    Tag.ReferencedSOPClassUID, image.string(Tag.SOPClassUID, ""))
                                .string(
                                    Tag.ReferencedSOPInstanceUID,
                                    image.string(Tag.SOPInstanceUID, ""))
                                .build())
                        .build())
                .build())
        .build();
  }

  private String findscu(String... keys) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "findscu",
                "-v",
                "-S",
                "-aet",
                "CARER",
                "-aec",
                aeTitle(),
                "-k",
                "QueryRetrieveLevel=STUDY"));
    for (String key : keys) {
      command.addAll(List.of("-k", key));
    }
    command.addAll(List.of("127.0.0.1", "" + dicomPort()));
    return PeerProgram.run(command.toArray(String[]::new));
  }

  private static List<Path> files(Path in) throws IOException {
    try (Stream<Path> all = Files.list(in)) {
      return all.toList();
    }
  }

  private static Dataset read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return DicomReader.readPart10(in, ReadOptions.defaults()).dataset();
    }
  }

  private String aeTitle() {
    return Objects.requireNonNull(environment.getProperty("heliograph.ae-title"));
  }

  private int dicomPort() {
    return Integer.parseInt(Objects.requireNonNull(environment.getProperty("local.dicom.port")));
  }
}
