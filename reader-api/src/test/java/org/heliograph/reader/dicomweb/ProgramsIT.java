package org.heliograph.reader.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.ApiTokens;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.access.TokenRight;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.queryretrieve.PeerProgram;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Programs with tokens, and pages of other origins. */
@HubTest
@TestPropertySource(properties = "heliograph.cors-origins=https://viewer.example.org")
class ProgramsIT {
  private static final String RELATED = StowBody.contentType("application/dicom");
  private static final int SIDE = 128;
  private static final String ORIGIN = "https://viewer.example.org";

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private ApiTokens tokens;
  @Autowired private JdbcClient sql;

  private Person nurse;
  private Person stranger;

  @BeforeEach
  void two_clinics() {
    nurse = clinic("prnorth");
    stranger = clinic("prsouth");
  }

  private Person clinic(String name) {
    return TestPeople.person(people, name, Role.CLINIC, null, TestPeople.site(sites, name).id());
  }

  private String token(Person person, TokenRight... rights) {
    return tokens.add("t" + UUID.randomUUID(), person, Set.of(rights), null).secret();
  }

  private HttpResponse<String> get(String path, String token) {
    return get(new WebClient(port), path, token);
  }

  private static HttpResponse<String> get(WebClient web, String path, String token) {
    return web.exchange(web.request(path).header("Authorization", "Bearer " + token).build());
  }

  private HttpResponse<String> store(String token, String study) throws Exception {
    return send(token, body(study));
  }

  private HttpResponse<String> send(String token, byte[] body) {
    var web = new WebClient(port);
    return web.exchange(
        web.request("/dicomweb/studies")
            .header("Content-Type", RELATED)
            .header("Authorization", "bearer " + token)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static byte[] body(String study) throws Exception {
    return new StowBody()
        .part("application/dicom", file(study, Uid.create().value(), new byte[SIDE * SIDE * 2]))
        .end();
  }

  private static byte[] file(String study, String instance, byte[] pixels) throws Exception {
    Dataset dataset =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, instance)
            .string(Tag.StudyInstanceUID, study)
            .string(Tag.SeriesInstanceUID, study + ".1")
            .string(Tag.PatientName, "Okoro^Ada")
            .string(Tag.PatientID, "PR1")
            .string(Tag.Modality, "CT")
            .integer(Tag.SamplesPerPixel, 1)
            .string(Tag.PhotometricInterpretation, "MONOCHROME2")
            .integer(Tag.Rows, SIDE)
            .integer(Tag.Columns, SIDE)
            .integer(Tag.BitsAllocated, 16)
            .integer(Tag.BitsStored, 12)
            .integer(Tag.HighBit, 11)
            .integer(Tag.PixelRepresentation, 0)
            .bytes(Tag.PixelData, Vr.OW, pixels)
            .build();
    var file = new ByteArrayOutputStream();
    DicomWriter.writePart10(
        file,
        DicomWriter.fileMeta(
            SopClassUid.of(Uids.SecondaryCaptureImageStorage),
            SopInstanceUid.of(instance),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.transferSyntaxUid()),
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        dataset,
        BulkSource.NONE);
    return file.toByteArray();
  }

  /** A bright disc, so that a picture of it is more than noise. */
  private static byte[] disc(int radius) {
    var pixels = new byte[SIDE * SIDE * 2];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int distance = (x - SIDE / 2) * (x - SIDE / 2) + (y - SIDE / 2) * (y - SIDE / 2);
        int value = distance < radius * radius ? 3000 - distance / 4 : x;
        pixels[2 * (y * SIDE + x)] = (byte) value;
        pixels[2 * (y * SIDE + x) + 1] = (byte) (value >> 8);
      }
    }
    return pixels;
  }

  @Test
  void the_dicomweb_client_of_npm_stores_searches_and_retrieves(@TempDir Path folder)
      throws Exception {
    NodeScript.need("dicomweb-client");
    String study = Uid.create().value();
    List<String> instances = List.of(Uid.create().value(), Uid.create().value());
    Path one = Files.write(folder.resolve("1.dcm"), file(study, instances.get(0), disc(40)));
    Path two = Files.write(folder.resolve("2.dcm"), file(study, instances.get(1), disc(20)));
    Path pixels = Files.write(folder.resolve("1.raw"), disc(40));

    NodeScript.run(
        "dicomweb.mjs",
        folder.resolve("log"),
        Map.of(
            "web", "http://127.0.0.1:" + port,
            "token", token(nurse, TokenRight.DICOMWEB_READ, TokenRight.DICOMWEB_STORE),
            "readOnly", token(nurse, TokenRight.DICOMWEB_READ),
            "stranger", token(stranger, TokenRight.DICOMWEB_READ),
            "study", study,
            "series", study + ".1",
            "instances", instances,
            "files", List.of(one.toString(), two.toString()),
            "pixels", pixels.toString()));
  }

  /** Opt-in: the package has 50 MB. HELIOGRAPH_OHIF names its folder {@code dist}. */
  @Test
  @EnabledIfEnvironmentVariable(named = "HELIOGRAPH_OHIF", matches = ".+")
  void ohif_opens_a_study_from_another_origin(@TempDir Path folder) throws Exception {
    NodeScript.need("playwright-core");
    PeerProgram.need("chromium");
    String study = Uid.create().value();
    String token = token(nurse, TokenRight.DICOMWEB_READ, TokenRight.DICOMWEB_STORE);
    for (int radius = 20; radius <= 60; radius += 10) {
      assertThat(
              send(
                      token,
                      new StowBody()
                          .part(
                              "application/dicom", file(study, Uid.create().value(), disc(radius)))
                          .end())
                  .statusCode())
          .isEqualTo(200);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/dicomweb/studies/" + study + "/metadata", token).statusCode() == 200);
    Path screenshots = Files.createDirectories(Path.of("target", "screenshots").toAbsolutePath());

    NodeScript.run(
        "ohif.mjs",
        folder.resolve("log"),
        Map.of(
            "ohif",
            System.getenv("HELIOGRAPH_OHIF"),
            "origin",
            ORIGIN,
            "web",
            "http://127.0.0.1:" + port,
            "token",
            token,
            "study",
            study,
            "chromium",
            "/usr/bin/chromium",
            "screenshot",
            screenshots.resolve("ohif.png").toString()));
  }

  @Test
  void a_program_stores_and_reads_what_its_person_may() throws Exception {
    String study = Uid.create().value();
    String name = "ct-" + UUID.randomUUID();
    String token = tokens.add(name, nurse, EnumSet.allOf(TokenRight.class), null).secret();

    assertThat(store(token, study).statusCode()).isEqualTo(200);
    HttpResponse<String> found =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> get("/dicomweb/studies?StudyInstanceUID=" + study, token),
                answer -> answer.statusCode() == 200);

    assertThat(found.body()).contains(study);
    assertThat(found.headers().firstValue("Set-Cookie")).as("no session, no cookie").isEmpty();
    String metadata = "/dicomweb/studies/" + study + "/metadata";
    assertThat(get(metadata, token).statusCode()).isEqualTo(200);
    assertThat(get(metadata, token(stranger, TokenRight.DICOMWEB_READ)).statusCode())
        .isEqualTo(404);
    assertThat(
            sql.sql(
                    """
                    select distinct actor from reading.audit_event
                    where object_id = ? and person_id is not null
                    """)
                .param(study)
                .query(String.class)
                .list())
        .containsExactly("prnorth token:" + name);
    assertThat(
            sql.sql("select count(*) from reading.api_token t where t::text like ?")
                .param("%" + token.substring(4) + "%")
                .query(Long.class)
                .single())
        .as("only a hash is kept")
        .isZero();
    assertThat(tokens.all().stream().filter(t -> t.name().equals(name)).findFirst())
        .hasValueSatisfying(t -> assertThat(t.lastUsedAt()).isNotNull());
  }

  @Test
  void a_token_does_no_more_than_was_said() throws Exception {
    String reading = token(nurse, TokenRight.DICOMWEB_READ);
    String storing = token(nurse, TokenRight.DICOMWEB_STORE);

    HttpResponse<String> refused = store(reading, Uid.create().value());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("TR-0071", "dicomweb-store");
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"insufficient_scope\"");
    assertThat(get("/dicomweb/studies", storing).body()).contains("TR-0071", "dicomweb-read");
    assertThat(get("/api/cases", reading).statusCode()).as("for DICOMweb only").isEqualTo(401);
    Person reader = TestPeople.person(people, "prreader", Role.READER, Specialty.RADIOLOGY, null);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> token(reader, TokenRight.DICOMWEB_STORE))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void a_token_that_is_not_good_is_refused_even_with_a_session() {
    var signedIn = new WebClient(port);
    assertThat(signedIn.signIn("prnorth", TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    assertThat(signedIn.get("/dicomweb/studies").statusCode()).isIn(200, 204);
    String name = "short-" + UUID.randomUUID();
    String token = tokens.add(name, nurse, Set.of(TokenRight.DICOMWEB_READ), null).secret();
    String expired =
        tokens
            .add(
                "old-" + name,
                nurse,
                Set.of(TokenRight.DICOMWEB_READ),
                Instant.now().minusSeconds(1))
            .secret();
    assertThat(get(signedIn, "/dicomweb/studies", token).statusCode()).isIn(200, 204);

    tokens.revoke(name);

    for (String bad : Set.of(token, expired, token.substring(1), "x", token + "=")) {
      HttpResponse<String> answer = get(signedIn, "/dicomweb/studies", bad);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("TR-0070").doesNotContain(bad + "\"");
      assertThat(answer.headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer error=\"invalid_token\"");
    }
    assertThat(
            new WebClient(port).get("/dicomweb/studies").headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer");
    assertThat(
            sql.sql("select count(*) from reading.audit_event where actor = ?")
                .param("token:" + name)
                .query(Long.class)
                .single())
        .isEqualTo(1);

    String good = token(nurse, TokenRight.DICOMWEB_READ);
    HttpResponse<String> last = get("/dicomweb/studies", "x");
    for (int i = 0; i < 25; i++) {
      last = get("/dicomweb/studies", "x" + i);
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).isPresent();
    assertThat(get("/dicomweb/studies", good).statusCode()).isIn(200, 204);
  }

  @Test
  void a_person_who_is_switched_off_takes_the_tokens_along() {
    Person gone = clinic("prgone");
    String token = token(gone, TokenRight.DICOMWEB_READ);
    assertThat(get("/dicomweb/studies", token).statusCode()).isIn(200, 204);

    sql.sql("update reading.person set active = false where id = ?").param(gone.id()).update();
    try {
      assertThat(get("/dicomweb/studies", token).statusCode()).isIn(401, 429);
    } finally {
      sql.sql("update reading.person set active = true where id = ?").param(gone.id()).update();
    }
  }

  @Test
  void pages_of_a_listed_origin_and_no_others_may_ask() {
    var web = new WebClient(port);
    HttpResponse<String> preflight = preflight(web, ORIGIN, "/dicomweb/studies");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .containsIgnoringCase("authorization");

    HttpResponse<String> answer =
        web.exchange(
            web.request("/dicomweb/studies")
                .header("Origin", ORIGIN)
                .header("Authorization", "Bearer " + token(nurse, TokenRight.DICOMWEB_READ))
                .build());
    assertThat(answer.statusCode()).isIn(200, 204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("ETag");
    assertThat(answer.headers().allValues("Vary").toString()).containsIgnoringCase("Origin");

    for (String other : Set.of("https://viewer.example.org.evil.test", "null")) {
      HttpResponse<String> refused = preflight(web, other, "/dicomweb/studies");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(
            preflight(web, ORIGIN, "/api/cases")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  private static HttpResponse<String> preflight(WebClient web, String origin, String path) {
    return web.exchange(
        web.request(path)
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "GET")
            .header("Access-Control-Request-Headers", "authorization,accept")
            .method("OPTIONS", BodyPublishers.noBody())
            .build());
  }
}
