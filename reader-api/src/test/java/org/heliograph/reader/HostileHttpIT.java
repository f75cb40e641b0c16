package org.heliograph.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.TestCases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.intake.TusClient;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Whatever is said to the hub over HTTP, it answers with a refusal of its own and goes on. */
@HubTest
@Import(TestCases.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpIT {
  private static final String NEW_CASE =
      """
      {"patient":{"familyName":"Okoro"},"request":{"specialty":"DERMATOLOGY","urgency":"ROUTINE"}}
      """;
  private static final String UID = "1.2.826.0.1.3680043.2.1125.1";

  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private TestCases made;
  private WebClient nurse;
  private RawHttp raw;
  private String session;
  private String caseId;
  private UUID claimed;

  @BeforeAll
  void people() {
    var site = TestPeople.site(sites, "hostile");
    var person = TestPeople.person(people, "hostile-nurse", Role.CLINIC, null, site.id());
    nurse = signedIn("hostile-nurse");
    raw = new RawHttp(port);
    session =
        "Cookie: HELIOGRAPH_SESSION="
            + nurse.cookie("HELIOGRAPH_SESSION").orElseThrow()
            + "; XSRF-TOKEN="
            + nurse.cookie("XSRF-TOKEN").orElseThrow()
            + "\r\nX-XSRF-TOKEN: "
            + nurse.cookie("XSRF-TOKEN").orElseThrow()
            + "\r\n";
    var reader =
        TestPeople.person(people, "hostile-reader", Role.READER, Specialty.RADIOLOGY, null);
    var request = TestCases.request(Specialty.RADIOLOGY, Urgency.ROUTINE);
    claimed =
        made.claimed(made.waiting(site.id(), person.id(), request).id(), reader.id()).id().value();
    caseId = WebClient.json(nurse.post("/api/cases", NEW_CASE)).path("id").asString();
  }

  @AfterEach
  void the_hub_goes_on() {
    assertThat(nurse.get("/api/health").statusCode()).isEqualTo(200);
    assertThat(nurse.get("/api/cases/" + caseId).statusCode()).isEqualTo(200);
  }

  @Test
  void deep_json_is_malformed() {
    for (var deep : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000))) {
      assertThat(nurse.post("/api/cases", deep).statusCode()).isEqualTo(400);
      assertThat(new WebClient(port).signIn(deep, "x").statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/cases", "/api/session", "/api/setup"})
  void twenty_megabytes_of_json_are_too_large(String path) throws IOException {
    var body = ("{\"login\":\"" + "x".repeat(20_000_000)).getBytes(StandardCharsets.US_ASCII);
    var head = "POST " + path + " HTTP/1.1\r\n" + session + "Content-Type: application/json\r\n";

    var answer = raw.send(head, body);
    var chunked =
        raw.send(
            head + "Transfer-Encoding: chunked\r\n",
            (Integer.toHexString(body.length)
                    + "\r\n"
                    + new String(body, StandardCharsets.US_ASCII)
                    + "\r\n0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));

    assertThat(RawHttp.status(answer)).isEqualTo(413);
    assertThat(answer).contains("TR-0005");
    assertThat(RawHttp.status(chunked)).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/x-java-serialized-object",
        "application/json; charset=utf-7",
        "nonsense",
        "/",
        "application/json/json"
      })
  void other_content_types_are_refused(String type) throws IOException {
    var answer =
        raw.send(
            "POST /api/cases HTTP/1.1\r\n" + session + "Content-Type: " + type + "\r\n",
            "{}".getBytes(StandardCharsets.US_ASCII));

    assertThat(RawHttp.status(answer)).isIn(400, 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "PROPFIND", "PUT", "PATCH", "BREW", "get", "A(B"})
  void unknown_verbs_are_refused(String verb) throws IOException {
    for (var path :
        List.of("/api/cases", "/login", "/dicomweb/studies", "/api/uploads", "/error")) {
      var answer = raw.send(verb + " " + path + " HTTP/1.1\r\n" + session, null);

      assertThat(RawHttp.status(answer)).as(path).isIn(400, 403, 404, 405, 501);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login/../../../../etc/passwd",
        "/login/..%2f..%2f..%2fetc/passwd",
        "/assets/%2e%2e/%2e%2e/application.yaml",
        "/assets/..%252f..%252fapplication.yaml",
        "/assets/..;/..;/application.yaml",
        "/read/..\\..\\application.yaml",
        "/assets/file:/etc/passwd",
        "/assets//etc/passwd",
        "/clinic/%00.html",
        "/read/%c0%ae%c0%ae/application.yaml",
        "/read/%zz",
        "/META-INF/MANIFEST.MF",
        "/assets/../../org/heliograph/reader/Hub.class",
        "/dicomweb/studies/../../../etc/passwd",
        "/dicomweb/studies/..%2f..%2fetc/metadata",
        "/dicomweb/studies/%2e%2e/metadata",
        "/dicomweb/studies/1.2/series/..%5c..%5c/instances/1/frames/1",
        "/dicomweb/studies/1.2;a=b/metadata",
        "/api/cases/../session",
        "/api/uploads/..%2f..%2fsecrets",
        "/actuator",
        "/actuator/env",
        "/api/cases/%00"
      })
  void no_path_leads_out(String path) throws IOException {
    var answer = raw.send("GET " + path + " HTTP/1.1\r\n" + session, null);

    assertThat(RawHttp.status(answer)).as(answer).isIn(400, 401, 404);
    assertThat(answer).doesNotContain("root:").doesNotContain("datasource");
  }

  @Test
  void long_lines_and_headers_are_refused() throws IOException {
    assertThat(RawHttp.status(raw.send("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n", null)))
        .isIn(400, 414);
    assertThat(
            RawHttp.status(
                raw.send("GET / HTTP/1.1\r\nX-Long: " + "a".repeat(100_000) + "\r\n", null)))
        .isIn(400, 431);
    assertThat(RawHttp.status(raw.send("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(5_000), null)))
        .isIn(400, 431);
    assertThat(RawHttp.status(raw.send("GET / HTTP/9.9\r\n", null))).isIn(400, 505);
    assertThat(RawHttp.status(raw.send("GET / HTTP/1.1\r\nContent-Length: -1\r\n", null)))
        .isEqualTo(400);
    assertThat(
            RawHttp.status(
                raw.send(
                    String.join(
                        "\r\n",
                        "POST /api/session HTTP/1.1",
                        "Content-Length: 1",
                        "Content-Length: 2",
                        "Transfer-Encoding: chunked",
                        ""),
                    null)))
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/referrers?q=%00",
        "/api/referrers?q=%zz",
        "/api/referrers?q=%ff%fe",
        "/api/cases?state=WAITING%00",
        "/api/cases?limit=99999999999",
        "/api/cases?limit=-1",
        "/api/cases?cursor=x",
        "/api/cases?cursor=" + "KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaIDAtMC0wLTAtMA",
        "/api/inbox?cursor=" + "LTEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaIDAtMC0wLTAtMA",
        "/dicomweb/studies?PatientName=%00",
        "/dicomweb/studies?PatientName=%zz",
        "/dicomweb/studies?StudyDate=00000000-99999999",
        "/dicomweb/studies?StudyDate=-",
        "/dicomweb/studies?StudyInstanceUID='%20or%20true--",
        "/dicomweb/studies?limit=-1",
        "/dicomweb/studies?offset=99999999999999999999",
        "/dicomweb/studies?includefield=<script>",
        "/dicomweb/studies?00100010=" + "*%25_?*%25_?*",
        "/dicomweb/studies?&&==&%26",
        "/dicomweb/studies/" + UID + "/series?Modality=%00",
        "/dicomweb/studies/x/series",
        "/dicomweb/studies/"
            + UID
            + "/series/"
            + UID
            + "/instances/"
            + UID
            + "/rendered?window=NaN",
        "/dicomweb/studies/1/series/1/instances/1/rendered?window=NaN,Infinity&viewport=0,0",
        "/dicomweb/studies/1/series/1/instances/1/frames/99999999999999999999/rendered",
        "/dicomweb/studies/1/series/1/instances/1/frames/1,,2",
        "/dicomweb/studies/1/series/1/instances/1/bulkdata/999999999999999999-999999999999999999"
      })
  void no_query_breaks_the_hub(String query) throws IOException {
    var answer = raw.send("GET " + query + " HTTP/1.1\r\n" + session, null);

    assertThat(RawHttp.status(answer)).as(answer).isIn(200, 204, 400, 404);
    assertThat(answer).doesNotContain("<script>");
  }

  @Test
  void many_parameters_are_no_fault_of_ours() throws IOException {
    for (var query : List.of("a=1&", "PatientName=a&", "includefield=00100010&", "&")) {
      var many = query.repeat(7_500 / query.length());
      var answer = raw.send("GET /dicomweb/studies?" + many + " HTTP/1.1\r\n" + session, null);

      assertThat(RawHttp.status(answer)).as(query).isIn(200, 204, 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u0007", "\\ud800", "\\u202e", "a\\\\b", "\\ufffe"})
  void text_that_nobody_writes_breaks_nothing(String odd) {
    var login = new WebClient(port);
    login.get("/api/session");

    assertThat(
            login
                .post("/api/session", "{\"login\":\"a" + odd + "\",\"password\":\"b" + odd + "\"}")
                .statusCode())
        .isIn(400, 401);
    assertThat(
            login
                .post(
                    "/api/setup",
                    "{\"token\":\"O\",\"login\":\"O\",\"displayName\":\"O\",\"password\":\"O\"}"
                        .replace("O", odd))
                .statusCode())
        .isBetween(400, 499);
    assertThat(nurse.post("/api/cases", NEW_CASE.replace("Okoro", "O" + odd)).statusCode())
        .isIn(201, 400);
    assertThat(
            nurse
                .post("/api/cases/" + caseId + "/messages", "{\"text\":\"a" + odd + "b\"}")
                .statusCode())
        .isIn(200, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u0007", "\\ud800", "\\u202e", "\\ufffe"})
  void a_report_of_odd_text_is_printed_or_refused(String odd) {
    var web = signedIn("hostile-reader");
    var report = "/api/cases/" + claimed + "/report";
    var version = WebClient.json(web.get(report)).path("version").asLong();

    var saved =
        web.put(
            report + "/draft",
            "{\"version\":" + version + ",\"sections\":{\"findings\":\"a" + odd + "b\"}}");

    assertThat(saved.statusCode()).as(saved.body()).isIn(200, 400);
    assertThat(web.get(report + "/preview.pdf").statusCode()).isEqualTo(200);
  }

  @Test
  void a_session_cookie_of_any_form_is_no_session() throws IOException {
    for (var value :
        List.of("x".repeat(7_000), "../../etc/passwd", "%00", "\"", "a;b=c", "\u00ff\u00fe", "")) {
      var answer =
          raw.send("GET /api/cases HTTP/1.1\r\nCookie: HELIOGRAPH_SESSION=" + value + "\r\n", null);

      assertThat(RawHttp.status(answer)).as(value).isIn(400, 401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "", "x", "0x10", "1e3", "9223372036854775808", "1 2", "٣"})
  void tus_lengths_and_offsets_are_numbers(String number) throws IOException {
    var metadata = "Upload-Metadata: caseId " + base64(caseId) + "\r\n";
    var created =
        raw.send(
            "POST /api/uploads HTTP/1.1\r\nTus-Resumable: 1.0.0\r\n"
                + session
                + metadata
                + "Upload-Length: "
                + number
                + "\r\n",
            new byte[0]);
    var patched = patch(location(), "Upload-Offset: " + number + "\r\n", new byte[] {1});

    assertThat(RawHttp.status(created)).isIn(400, 413);
    assertThat(RawHttp.status(patched)).isIn(400, 409);
  }

  @Test
  void tus_bytes_go_where_they_belong_or_nowhere() throws IOException {
    var upload = location();

    assertThat(RawHttp.status(patch(upload, "Upload-Offset: 999999999999999999\r\n", one())))
        .isEqualTo(409);
    assertThat(RawHttp.status(patch(upload, "Upload-Offset: 0\r\nUpload-Offset: 0\r\n", one())))
        .isIn(204, 400, 409);
    assertThat(RawHttp.status(patch(upload, "Upload-Offset: 0\r\n", new byte[5_000])))
        .isBetween(400, 499);
    assertThat(
            RawHttp.status(
                patch(
                    upload, "Upload-Offset: 0\r\nUpload-Checksum: sha256 !!!\r\n", new byte[] {1})))
        .isEqualTo(400);
    assertThat(
            RawHttp.status(
                raw.send(
                    "POST /api/uploads HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 9\r\n"
                        + session
                        + "Upload-Metadata: caseId,caseId "
                        + base64("../../etc/passwd")
                        + ",filename "
                        + base64("../../etc/\0passwd")
                        + "\r\n",
                    new byte[0])))
        .isEqualTo(400);
    assertThat(new TusClient(nurse).offset(upload)).isBetween(0L, 1L);
  }

  private String patch(String upload, String headers, byte[] body) throws IOException {
    return raw.send(
        "PATCH "
            + upload
            + " HTTP/1.1\r\nTus-Resumable: 1.0.0\r\n"
            + session
            + "Content-Type: application/offset+octet-stream\r\n"
            + headers,
        body);
  }

  private String location() {
    return new TusClient(nurse)
        .create(UUID.fromString(caseId), 1_000, "Hand", "hand.jpg")
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private WebClient signedIn(String login) {
    var web = new WebClient(port);
    assertThat(web.signIn(login, TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    return web;
  }

  private static byte[] one() {
    return new byte[] {1};
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
