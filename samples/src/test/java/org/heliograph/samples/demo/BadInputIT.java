package org.heliograph.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.ul.AssociationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What must not be let in gets a clear answer, and the hub goes on. Everything that is sent here
 * carries markers that no log line may contain.
 */
class BadInputIT {
  private static final String MARKER = "CANARY7Q";
  private static final String HTML_NAME = "<script>alert(1)</script>" + MARKER;
  private static final String HTML_TEXT = "<img src=x onerror=alert(1)> " + MARKER;
  private static final SopClassUid CLASS = SopClassUid.of(Uids.SecondaryCaptureImageStorage);
  private static final TransferSyntaxUid SYNTAX = TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);
  private static final AeTitle HUB = new AeTitle("HELIOGRAPH");
  private static final AeTitle CLINIC = new AeTitle(DemoClinic.DEMO_CLINIC_A.name());

  @TempDir static Path folder;
  private static HubProcess hub;

  @BeforeAll
  static void start() throws Exception {
    hub = HubProcess.start(folder);
  }

  @AfterAll
  static void no_marker_is_in_the_log() {
    if (hub != null) {
      hub.close();
      assertThat(hub.log()).hasSizeGreaterThan(3).noneMatch(line -> line.contains(MARKER));
    }
  }

  @AfterEach
  void the_hub_goes_on() throws IOException {
    try (HubClient client = HubClient.of(hub.web());
        StorageScu scu =
            StorageScu.to("127.0.0.1", hub.dicomPort(), CLINIC, HUB).proposeVerification().open()) {
      assertThat(client.get("/api/health").path("status").asString()).isEqualTo("UP");
      assertThat(scu.echo()).isEqualTo(DimseStatus.SUCCESS);
      scu.release();
    }
  }

  @Test
  void a_truncated_instance_is_refused_with_a_status_and_a_comment() throws IOException {
    Dataset image = image(Uid.create());
    byte[] whole = encoded(image);

    DimseStatus status = store(image, Arrays.copyOf(whole, whole.length / 2));

    assertThat(status.isAccepted()).isFalse();
    assertThat(status.hex()).startsWith("C");
    assertThat(status.comment()).isNotBlank().doesNotContain(MARKER);
  }

  @Test
  void a_truncated_photo_is_refused_in_words() {
    try (HubClient nurse = hub.signedIn(DemoPerson.NURSE_A)) {
      JsonNode made = nurse.post("/api/cases", form("Truncated", "A question"));
      byte[] photo = Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, 4000);

      assertThatThrownBy(
              () -> nurse.upload(made.path("id").asString(), "OVERVIEW", MARKER + ".jpg", photo))
          .isInstanceOfSatisfying(
              HubRefusalException.class,
              refusal -> {
                assertThat(refusal.status()).isEqualTo(422);
                assertThat(refusal.code()).matches("TR-\\d{4}");
              });
    }
  }

  @Test
  void a_wrong_password_is_told_without_saying_what_was_wrong() {
    try (HubClient client = HubClient.of(hub.web())) {
      client.exchange("GET", "/api/session", null);

      told(
          client.exchange(
              "POST", "/api/session", Map.of("login", "nurse-a", "password", MARKER + "wrong")),
          401);
    }
  }

  @Test
  void a_photo_of_100_MB_is_refused_before_a_byte_of_it_is_sent() {
    try (HubClient nurse = hub.signedIn(DemoPerson.NURSE_A)) {
      JsonNode made = nurse.post("/api/cases", form("Large", "A question"));

      told(
          nurse.createUpload(
              100L << 20,
              Map.of(
                  "caseId",
                  made.path("id").asString(),
                  "view",
                  "OVERVIEW",
                  "filename",
                  MARKER + ".jpg",
                  "filetype",
                  "image/jpeg")),
          413);
    }
  }

  @Test
  void an_unknown_ae_title_is_rejected_with_the_standards_reason() {
    assertThatThrownBy(() ->
            StorageScu.to("127.0.0.1", hub.dicomPort(), new AeTitle("NOBODY"), HUB)
                .propose(CLASS, SYNTAX)
                .open())
        .isInstanceOfSatisfying(
            AssociationException.Rejected.class,
            rejected -> {
              // PS3.8 9.3.4: permanent, by the service user, calling AE title not recognized.
              assertThat(rejected.pdu().result()).isEqualTo(1);
              assertThat(rejected.pdu().source()).isEqualTo(1);
              assertThat(rejected.pdu().reason()).isEqualTo(3);
            });
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> hub.log().stream().anyMatch(line -> line.contains("NOBODY")));
  }

  @Test
  void a_path_as_sop_instance_uid_is_refused_and_leaves_no_file() throws Exception {
    Path file = folder.resolve("path.dcm");
    Dataset image = image(Uid.create());
    try (var out = Files.newOutputStream(file)) {
      Dataset meta =
          DicomWriter.fileMeta(
              CLASS, SopInstanceUid.of(image.string(Tag.SOPInstanceUID).orElseThrow()), SYNTAX);
      DicomWriter.writePart10(
          out, meta, TransferSyntax.of(Uids.ExplicitVrLittleEndian), image, BulkSource.NONE);
    }
    run(Peers.require("dcmodify"), "-nb", "-m", "0008,0018=../../../../tmp/" + MARKER, file);

    String said =
        run(
            Peers.require("storescu"),
            "-v",
            "-aet",
            CLINIC.value(),
            "-aec",
            HUB.value(),
            "127.0.0.1",
            hub.dicomPort(),
            file);

    assertThat(said).doesNotContain("Received Store Response (Success)");
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(path -> path.toString().contains(MARKER))).isEmpty();
    }
    assertThat(Path.of("/tmp", MARKER)).doesNotExist();
  }

  @Test
  void html_as_patient_name_is_shown_as_text() throws Exception {
    Dataset image =
        image(Uid.create()).toBuilder()
            .string(Tag.PatientName, HTML_NAME)
            .string(Tag.StudyDescription, HTML_TEXT)
            .build();
    try (HubClient nurse = hub.signedIn(DemoPerson.NURSE_A)) {
      JsonNode made = nurse.post("/api/cases", form(HTML_NAME, HTML_TEXT));
      String path = "/api/cases/" + made.path("id").asString();
      nurse.post(path + "/submit", Map.of("version", made.path("version").asLong()));
      assertThat(store(image, encoded(image)).isAccepted()).isTrue();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> nurse.get(path).path("state").asString().equals("WAITING"));
    }

    Journeys.travel(
        "hostile.mjs",
        Journeys.settings("hostile", hub, Map.of("name", HTML_NAME, "text", HTML_TEXT)));
  }

  private static Map<String, Object> form(String familyName, String text) {
    return Map.of(
        "patient",
        Map.of("familyName", familyName, "givenName", MARKER, "id", MARKER + "-1", "sex", "F"),
        "request",
        Map.of(
            "specialty",
            "RADIOLOGY",
            "urgency",
            "URGENT",
            "bodyPart",
            "CHEST",
            "question",
            text,
            "history",
            text,
            "accessionNumber",
            MARKER + familyName.length(),
            "expectXray",
            true));
  }

  /** Every refusal has a code, a reason and what to do next; none repeats what was sent. */
  private static void told(HttpResponse<byte[]> answer, int status) {
    JsonNode problem = HubClient.read(answer);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(problem.path("code").asString("")).matches("TR-\\d{4}");
    for (String field : List.of("title", "detail", "next")) {
      assertThat(problem.path(field).asString("")).as(field).isNotBlank();
    }
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain(MARKER);
  }

  private static Dataset image(Uid instance) {
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
        .string(Tag.SOPInstanceUID, instance.value())
        .string(Tag.StudyInstanceUID, Uid.create().value())
        .string(Tag.SeriesInstanceUID, Uid.create().value())
        .string(Tag.PatientName, MARKER + "^Header")
        .string(Tag.PatientID, MARKER + "-1")
        .string(Tag.AccessionNumber, MARKER + HTML_NAME.length())
        .string(Tag.InstitutionName, MARKER)
        .string(Tag.StudyDescription, MARKER)
        .string(Tag.Modality, "CR")
        .integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, 128)
        .integer(Tag.Columns, 128)
        .integer(Tag.BitsAllocated, 8)
        .integer(Tag.BitsStored, 8)
        .integer(Tag.HighBit, 7)
        .integer(Tag.PixelRepresentation, 0)
        .bytes(Tag.PixelData, Vr.OB, new byte[128 * 128])
        .build();
  }

  private static byte[] encoded(Dataset image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.of(Uids.ExplicitVrLittleEndian), image, BulkSource.NONE);
    return bytes.toByteArray();
  }

  private static DimseStatus store(Dataset image, byte[] dataset) throws IOException {
    try (StorageScu scu =
        StorageScu.to("127.0.0.1", hub.dicomPort(), CLINIC, HUB).propose(CLASS, SYNTAX).open()) {
      DimseStatus status =
          scu.store(
              CLASS,
              SopInstanceUid.of(image.string(Tag.SOPInstanceUID).orElseThrow()),
              SYNTAX,
              DatasetSource.of(dataset));
      scu.release();
      return status;
    }
  }

  private static String run(Object... command) throws Exception {
    Process process =
        new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
    return said;
  }
}
