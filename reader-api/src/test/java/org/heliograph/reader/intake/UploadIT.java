package org.heliograph.reader.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.reader.WebClient.json;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@HubTest
class UploadIT {
  private static final String CASE =
      """
      {"patient":{"familyName":"Okafor","givenName":"Adaeze","id":"P-17","birthDate":"1980-02-29","sex":"F"},
       "request":{"specialty":"DERMATOLOGY","urgency":"ROUTINE","bodyPart":"HAND","laterality":"L",
                  "question":"What is it?"}}
      """;

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private DataFolder data;
  @Autowired private Archive archive;
  @Autowired private UploadFiles files;
  @Autowired private UploadSweep sweep;
  @Autowired private JdbcClient sql;
  private WebClient clinic;
  private TusClient tus;

  @BeforeEach
  void clinic() {
    var site = TestPeople.site(sites, "UPLOAD");
    TestPeople.person(people, "upload-clinic", Role.CLINIC, null, site.id());
    clinic = new WebClient(port);
    clinic.signIn("upload-clinic", TestPeople.PASSWORD);
    tus = new TusClient(clinic);
  }

  @Test
  void photos_sent_in_parts_become_images_of_one_series_and_the_case_waits_for_a_reader()
      throws Exception {
    var id = newCase();

    // Other tests of this hub may have left parts of theirs.
    var before = data.uploads().toFile().list();
    assertThat(tus.upload(id, "OVERVIEW", TestPhotos.jpeg(900, 700, 1), 50_000).statusCode())
        .isEqualTo(204);
    assertThat(tus.upload(id, "CLOSE_UP", TestPhotos.jpeg(1100, 800, 2), 50_000).statusCode())
        .isEqualTo(204);
    var draft = json(clinic.get("/api/cases/" + id));
    var submitted =
        clinic.post("/api/cases/" + id + "/submit", "{\"version\":" + draft.get("version") + "}");

    assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(200);
    JsonNode waiting = json(submitted);
    assertThat(waiting.get("state").asString()).isEqualTo("WAITING");
    assertThat(waiting.get("imageCount").asInt()).isEqualTo(2);
    assertThat(waiting.get("photos")).hasSize(2);
    assertThat(waiting.at("/photos/0/view").asString()).isEqualTo("OVERVIEW");
    assertThat(waiting.at("/photos/0/width").asInt()).isEqualTo(900);
    assertThat(waiting.get("studies")).hasSize(1);
    assertThat(waiting.at("/studies/0/series")).hasSize(1);
    assertThat(waiting.at("/studies/0/series/0/instances")).hasSize(2);
    assertThat(waiting.at("/studies/0/series/0/instances/0/photo").asBoolean()).isTrue();
    assertThat(
            archive
                .catalog()
                .instance(SopInstanceUid.of(waiting.at("/photos/0/sopInstanceUid").asString())))
        .isPresent();
    assertThat(data.uploads().toFile().list()).isSubsetOf(before);
  }

  @Test
  void goes_on_at_the_byte_after_the_last_durable_one() throws Exception {
    var photo = TestPhotos.jpeg(900, 700, 3);
    var location = created(newCase(), photo.length);
    tus.patch(location, 0, Arrays.copyOf(photo, 40_000));

    assertThat(tus.offset(location)).isEqualTo(40_000);
    var wrong = tus.patch(location, 39_999, Arrays.copyOfRange(photo, 39_999, photo.length));
    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(json(wrong).get("code").asString()).isEqualTo("TR-0112");

    var last = tus.patch(location, 40_000, Arrays.copyOfRange(photo, 40_000, photo.length));
    assertThat(last.statusCode()).as(last.body()).isEqualTo(204);
    assertThat(tus.offset(location)).isEqualTo(photo.length);
    assertThat(tus.patch(location, photo.length, new byte[0]).statusCode()).isEqualTo(204);
  }

  @Test
  void a_part_whose_checksum_does_not_fit_is_not_kept() throws Exception {
    var photo = TestPhotos.jpeg(900, 700, 4);
    var location = created(newCase(), photo.length);

    var wrong = tus.patchWithChecksum(location, 0, photo, new byte[] {1});

    assertThat(wrong.statusCode()).isEqualTo(460);
    assertThat(json(wrong).get("code").asString()).isEqualTo("TR-0113");
    assertThat(tus.offset(location)).isZero();
    assertThat(tus.patchWithChecksum(location, 0, photo, photo).statusCode()).isEqualTo(204);
  }

  @Test
  void a_100_megabyte_photo_is_refused_before_a_byte_is_read() {
    var refused = tus.create(newCase(), 100_000_000, "OVERVIEW", "big.jpg");

    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(json(refused).get("code").asString()).isEqualTo("TR-0110");
    assertThat(json(refused).get("next").asString()).contains("JPEG");
  }

  @Test
  void what_is_no_photo_is_refused_with_a_code_and_a_next_step() throws Exception {
    var id = newCase();
    var html = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);

    var refused = tus.upload(id, "OVERVIEW", html, 1000);
    var small = tus.upload(id, "OVERVIEW", TestPhotos.jpeg(320, 240, 5), 100_000);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).get("code").asString()).startsWith("TR-01");
    assertThat(json(refused).get("next").asString()).isNotBlank();
    assertThat(refused.body()).doesNotContain("script");
    assertThat(small.statusCode()).isEqualTo(422);
    assertThat(json(clinic.get("/api/cases/" + id)).get("imageCount").asInt()).isZero();
  }

  @Test
  void a_file_name_is_never_a_path_and_markup_is_only_text() throws Exception {
    var id = newCase();
    var photo = TestPhotos.jpeg(900, 700, 6);
    var created = tus.create(id, photo.length, "<b>x</b>", "../../../etc/passwd");
    var location = created.headers().firstValue("Location").orElseThrow();

    assertThat(tus.patch(location, 0, photo).statusCode()).isEqualTo(204);

    var shown = json(clinic.get("/api/cases/" + id)).at("/photos/0");
    assertThat(shown.get("fileName").asString()).isEqualTo("passwd");
    assertThat(shown.get("view").asString()).isEqualTo("<b>x</b>");
  }

  @Test
  void a_second_writer_is_told_to_wait() throws Exception {
    var photo = TestPhotos.jpeg(900, 700, 7);
    var location = created(newCase(), photo.length);
    var id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));

    try (var writer = files.write(id).orElseThrow()) {
      assertThat(writer.length()).isZero();
      assertThat(tus.patch(location, 0, photo).statusCode()).isEqualTo(423);
    }
    assertThat(tus.patch(location, 0, photo).statusCode()).isEqualTo(204);
  }

  @Test
  void a_photo_whose_last_byte_came_just_before_a_crash_is_made_when_the_sender_asks()
      throws Exception {
    var caseId = newCase();
    var photo = TestPhotos.jpeg(900, 700, 8);
    var location = created(caseId, photo.length);
    var id = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    Files.write(files.path(id), photo);

    assertThat(tus.offset(location)).isEqualTo(photo.length);
    assertThat(tus.offset(location)).isEqualTo(photo.length);

    assertThat(json(clinic.get("/api/cases/" + caseId)).get("photos")).hasSize(1);
  }

  @Test
  void a_withdrawn_or_expired_upload_holds_the_case_up_no_longer() throws Exception {
    var caseId = newCase();
    tus.upload(caseId, "OVERVIEW", TestPhotos.jpeg(900, 700, 9), 100_000);
    var withdrawn = created(caseId, 5000);
    var expired = created(caseId, 5000);
    var version = json(clinic.get("/api/cases/" + caseId)).get("version");
    var submitted =
        clinic.post("/api/cases/" + caseId + "/submit", "{\"version\":" + version + "}");
    assertThat(json(submitted).get("state").asString()).isEqualTo("RECEIVING");

    assertThat(tus.delete(withdrawn).statusCode()).isEqualTo(204);
    sql.sql("update reading.upload set expires_at = now() - interval '1s' where state = 'ARRIVING'")
        .update();
    sweep.sweep();

    assertThat(tus.head(expired).statusCode()).isEqualTo(410);
    assertThat(json(clinic.get("/api/cases/" + caseId)).get("state").asString())
        .isEqualTo("WAITING");
  }

  @Test
  void another_version_of_the_protocol_is_refused_by_name() {
    var answer =
        clinic.exchange(
            clinic
                .request("/api/uploads")
                .header("Tus-Resumable", "0.2.2")
                .header("Upload-Length", "5")
                .header("X-XSRF-TOKEN", clinic.cookie("XSRF-TOKEN").orElse(""))
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(answer.headers().firstValue("Tus-Version")).contains("1.0.0");
  }

  private UUID newCase() {
    return UUID.fromString(json(clinic.post("/api/cases", CASE)).get("id").asString());
  }

  private String created(UUID caseId, long length) {
    return tus.create(caseId, length, "OVERVIEW", "a.jpg")
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }
}
