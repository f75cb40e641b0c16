package org.heliograph.reader.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CasePatient;
import org.heliograph.reader.cases.CaseRequest;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@HubTest
class ReportIT {
  private static final String DRAFT =
      """
      {"version": %d, "sections": {"technique": "AP view.", "findings": "%s",
       "impression": "Displaced fracture of the distal radius.", "recommendation": "Cast."}}
      """;

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private Cases cases;
  @Autowired private Archive archive;
  @Autowired private JdbcClient sql;
  @Autowired private TransactionTemplate transaction;

  private UUID site = new UUID(0, 0);
  private Person nurse;
  private Person referrer;
  private WebClient reader;
  private String study = "";
  private String path = "";

  ReportIT() {
    nurse = new Person(site, "", "", "", "", Role.CLINIC, null, null);
    referrer = nurse;
    reader = new WebClient(0);
  }

  @BeforeEach
  void a_claimed_case() throws IOException {
    site = TestPeople.site(sites, "north").id();
    nurse = TestPeople.person(people, "nurse", Role.CLINIC, null, site);
    referrer = TestPeople.person(people, "referrer", Role.REFERRER, null, null);
    TestPeople.person(people, "reader", Role.READER, Specialty.RADIOLOGY, null);
    TestPeople.person(people, "other", Role.READER, Specialty.RADIOLOGY, null);
    study = Uid.create().value();
    image();
    path = "/api/cases/" + waitingCase().id();
    reader = signedIn("reader");
    assertThat(reader.post(path + "/claim", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void a_signed_report_reaches_the_referrer_who_acknowledges() throws Exception {
    sign("Cortical break.");

    WebClient inbox = signedIn("referrer");
    JsonNode item =
        await().atMost(Duration.ofSeconds(20)).until(() -> inboxItem(inbox), n -> n != null);
    assertThat(item.path("readAt").isNull()).isTrue();
    JsonNode opened = WebClient.json(inbox.get("/api/inbox/" + item.path("deliveryId").asString()));
    assertThat(opened.path("readAt").isNull()).isFalse();
    assertThat(opened.path("report").path("status").asString()).isEqualTo("FINAL");
    assertThat(text(inbox, opened.path("pdf").asString()))
        .contains("Displaced fracture", "Person reader");
    String acknowledge = "/api/inbox/" + item.path("deliveryId").asString() + "/acknowledge";
    assertThat(inbox.post(acknowledge, "{\"comment\": \"Thank you\"}").statusCode()).isEqualTo(200);
    assertThat(inbox.post(acknowledge, "{}").statusCode()).isEqualTo(200);

    assertThat(state(signedIn("nurse"))).isEqualTo("ACKNOWLEDGED");
  }

  @Test
  void the_study_holds_the_report_as_sr_and_pdf_once() {
    sign("Cortical break.");
    delivered(1);

    assertThat(modalities()).containsExactlyInAnyOrder("DX", "SR", "DOC");

    assertThat(
            reader
                .post(
                    path + "/report/addendum",
                    "{\"text\": \"Ulna as well.\", \"password\": \"" + TestPeople.PASSWORD + "\"}")
                .statusCode())
        .isEqualTo(200);
    delivered(2);
    assertThat(modalities()).containsExactlyInAnyOrder("DX", "SR", "SR", "DOC", "DOC");
    JsonNode report = WebClient.json(signedIn("nurse").get(path + "/report"));
    assertThat(report.path("status").asString()).isEqualTo("AMENDED");
    assertThat(report.path("addenda").get(0).path("text").asString()).isEqualTo("Ulna as well.");
  }

  @Test
  void a_wrong_password_signs_nothing() {
    long version = save(0, "Cortical break.");

    HttpResponse<String> answer =
        reader.post(
            path + "/report/sign", "{\"version\": " + version + ", \"password\": \"wrong one\"}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(WebClient.json(answer).path("code").asString()).isEqualTo("TR-0015");
    assertThat(state(reader)).isEqualTo("CLAIMED");
  }

  @Test
  void a_stale_draft_is_refused_and_the_newer_text_stays() {
    save(0, "First.");
    long second = save(1, "Second.");

    HttpResponse<String> stale = reader.put(path + "/report/draft", DRAFT.formatted(1, "Lost."));

    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(WebClient.json(stale).path("code").asString()).isEqualTo("TR-0200");
    JsonNode report = WebClient.json(reader.get(path + "/report"));
    assertThat(report.path("version").asLong()).isEqualTo(second);
    assertThat(report.path("sections").path("findings").asString()).isEqualTo("Second.");
  }

  @Test
  void nobody_but_the_holder_sees_the_draft() {
    save(0, "Cortical break.");

    assertThat(signedIn("other").get(path + "/report").statusCode()).isEqualTo(404);
    assertThat(signedIn("referrer").get(path + "/report").statusCode()).isEqualTo(404);
    JsonNode clinic = WebClient.json(signedIn("nurse").get(path + "/report"));
    assertThat(clinic.path("status").asString()).isEqualTo("NONE");
    assertThat(signedIn("nurse").get(path + "/report.pdf").statusCode()).isEqualTo(404);
    assertThat(signedIn("nurse").get(path + "/report/preview.pdf").statusCode()).isEqualTo(403);
  }

  @Test
  void a_preliminary_report_is_read_by_the_clinic_and_not_by_the_referrer() {
    long version = save(0, "Cortical break.");

    assertThat(
            reader
                .post(path + "/report/preliminary", "{\"version\": " + version + "}")
                .statusCode())
        .isEqualTo(200);

    JsonNode clinic = WebClient.json(signedIn("nurse").get(path + "/report"));
    assertThat(clinic.path("status").asString()).isEqualTo("PRELIMINARY");
    assertThat(clinic.path("sections").path("findings").asString()).isEqualTo("Cortical break.");
    assertThat(signedIn("referrer").get(path + "/report").statusCode()).isEqualTo(404);
  }

  @Test
  void an_empty_report_cannot_be_signed() {
    HttpResponse<String> answer =
        reader.post(
            path + "/report/sign",
            "{\"version\": 0, \"password\": \"" + TestPeople.PASSWORD + "\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(WebClient.json(answer).path("code").asString()).isEqualTo("TR-0201");
  }

  @Test
  void the_database_refuses_to_change_what_was_issued() {
    sign("Cortical break.");

    assertThatThrownBy(() -> sql.sql("update reading.report_issue set text = 'other'").update())
        .hasStackTraceContaining("append-only");
    assertThatThrownBy(() -> sql.sql("delete from reading.report_issue").update())
        .hasStackTraceContaining("append-only");
  }

  @Test
  void after_the_signature_the_draft_is_closed() {
    sign("Cortical break.");

    HttpResponse<String> late = reader.put(path + "/report/draft", DRAFT.formatted(1, "Changed."));

    assertThat(late.statusCode()).isEqualTo(409);
    JsonNode report = WebClient.json(reader.get(path + "/report"));
    assertThat(report.path("sections").path("findings").asString()).isEqualTo("Cortical break.");
  }

  private void sign(String findings) {
    long version = save(0, findings);
    HttpResponse<String> answer =
        reader.post(
            path + "/report/sign",
            "{\"version\": " + version + ", \"password\": \"" + TestPeople.PASSWORD + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(WebClient.json(answer).path("status").asString()).isEqualTo("FINAL");
  }

  private long save(long version, String findings) {
    HttpResponse<String> answer =
        reader.put(path + "/report/draft", DRAFT.formatted(version, findings));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return WebClient.json(answer).path("version").asLong();
  }

  private void delivered(int times) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            sql.sql("select count(*) from reading.delivery where case_id = ?::uuid")
                    .param(path.substring(path.lastIndexOf('/') + 1))
                    .query(Integer.class)
                    .single()
                == times);
  }

  private List<String> modalities() {
    StoredStudy stored = archive.catalog().study(StudyInstanceUid.of(study)).orElseThrow();
    return stored.series().stream()
        .flatMap(one -> one.instances().stream().map(i -> one.modality()))
        .toList();
  }

  private @Nullable JsonNode inboxItem(WebClient inbox) {
    for (JsonNode item : WebClient.json(inbox.get("/api/inbox")).path("items")) {
      if (path.endsWith(item.path("caseId").asString())) {
        return item;
      }
    }
    return null;
  }

  private String state(WebClient web) {
    return WebClient.json(web.get(path)).path("state").asString();
  }

  private WebClient signedIn(String login) {
    WebClient web = new WebClient(port);
    assertThat(web.signIn(login, TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    return web;
  }

  private static String text(WebClient web, String pdf) throws Exception {
    HttpResponse<byte[]> answer = web.bytes(pdf);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
    try (PDDocument document = Loader.loadPDF(answer.body())) {
      return new PDFTextStripper().getText(document);
    }
  }

  private CaseFile waitingCase() {
    return Objects.requireNonNull(
        transaction.execute(status -> {
          CaseFile file =
              cases.open(
                  site,
                  new CasePatient(
                      "Wanjiku", "Amina", "KHC-1", "KHC", LocalDate.of(1984, 3, 9), "F"),
                  new CaseRequest(
                      Specialty.RADIOLOGY,
                      Urgency.ROUTINE,
                      "Forearm",
                      null,
                      "Fracture?",
                      "Fall.",
                      referrer.id(),
                      "",
                      true),
                  CaseHappening.by(nurse.id(), CaseEventKind.CREATED));
          file = cases.append(file, CaseHappening.by(nurse.id(), CaseEventKind.SUBMITTED));
          sql.sql(
                  """
                  insert into reading.case_study (study_instance_uid, case_id, origin, linked_at)
                  values (?, ?, 'SENT', clock_timestamp())
                  on conflict (study_instance_uid) do update set case_id = excluded.case_id
                  """)
              .params(study, file.id().value())
              .update();
          return cases.append(file, CaseHappening.byHub(CaseEventKind.COMPLETED));
        }));
  }

  private void image() throws IOException {
    Dataset image =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, Uid.create().value())
            .string(Tag.StudyInstanceUID, study)
            .string(Tag.SeriesInstanceUID, Uid.create().value())
            .string(Tag.Modality, "DX")
            .string(Tag.PatientName, "Wanjiku^Amina")
            .string(Tag.PatientID, "KHC-1")
            .integer(Tag.Rows, 2)
            .integer(Tag.Columns, 2)
            .integer(Tag.SamplesPerPixel, 1)
            .integer(Tag.BitsAllocated, 8)
            .integer(Tag.BitsStored, 8)
            .integer(Tag.HighBit, 7)
            .integer(Tag.PixelRepresentation, 0)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .bytes(Tag.PixelData, Vr.OB, new byte[] {1, 2, 3, 4})
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.of(Uids.ExplicitVrLittleEndian), image, BulkSource.NONE);
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
                    new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
  }
}
