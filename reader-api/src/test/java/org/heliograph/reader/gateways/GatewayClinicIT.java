package org.heliograph.reader.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.heliograph.reader.WebClient.json;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.Uid;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.LinkPaths;
import org.heliograph.node.link.PerformedStepReport;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.Urgency;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.intake.TestPhotos;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What parcels mean for the people at both ends: cases, previews, reports, worklist. */
@HubTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayClinicIT {
  @LocalServerPort private int port;
  @Autowired private Sites sites;
  @Autowired private People people;
  @Autowired private EnrolmentCodes codes;
  @Autowired private Archive archive;
  @Autowired private JdbcClient sql;

  private Site site;
  private TestGateway gateway;
  private WebClient reader;
  private WebClient clinic;
  private WebClient coordinator;

  @BeforeAll
  void everybody() {
    site = TestPeople.site(sites, "GWCLINIC");
    gateway = new TestGateway(port);
    var code = codes.make(site, List.of("http://127.0.0.1:" + port), "");
    assertThat(gateway.enrol(code.text()).statusCode()).isEqualTo(200);
    TestPeople.person(people, "gw-reader", Role.READER, Specialty.RADIOLOGY, null);
    TestPeople.person(people, "gw-clinic", Role.CLINIC, null, site.id());
    TestPeople.person(people, "gw-desk", Role.COORDINATOR, null, null);
    reader = signedIn("gw-reader");
    clinic = signedIn("gw-clinic");
    coordinator = signedIn("gw-desk");
  }

  private WebClient signedIn(String login) {
    var web = new WebClient(port);
    assertThat(web.signIn(login, TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    return web;
  }

  @Test
  void a_case_is_read_from_its_previews_and_signed_when_all_pictures_are_here() {
    var parcel = new TestParcel().urgency(Urgency.EMERGENCY);
    var files = parcel.addBundle(2);
    gateway.declare(parcel.manifest());
    gateway.sendPart(parcel, 0, 1 << 20);
    String path = "/api/cases/" + caseOf(parcel);
    await().until(() -> text(clinic.get(path), "state").equals("WAITING"));

    var waiting = json(clinic.get(path));
    assertThat(waiting.get("urgency").asString()).isEqualTo("EMERGENCY");
    assertThat(waiting.get("previewsOnly").asBoolean()).isTrue();
    assertThat(waiting.at("/underWay/totalInstances").asInt()).isEqualTo(2);
    assertThat(waiting.at("/underWay/storedInstances").asInt()).isZero();
    assertThat(waiting.at("/underWay/receivedBytes").asLong())
        .isEqualTo(parcel.part(0).length)
        .isLessThan(waiting.at("/underWay/totalBytes").asLong());
    assertThat(waiting.at("/studies").isEmpty()).isTrue();
    assertThat(reader.get("/api/worklist?limit=200").body()).contains(path.substring(11));
    assertThat(reader.post(path + "/claim", "{}").statusCode()).isEqualTo(200);

    var previews = json(reader.get(path + "/previews")).get("items");
    assertThat(previews).hasSize(2);
    assertThat(previews.get(0).get("whole").asBoolean()).isFalse();
    var jpeg = reader.bytes(previews.get(0).get("url").asString());
    assertThat(jpeg.statusCode()).isEqualTo(200);
    assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(jpeg.body()).startsWith(0xff, 0xd8, 0xff);

    String version = draft(path);
    var early = sign(path, version);
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("TR-0204");
    assertThat(
            reader
                .post(path + "/report/preliminary", "{\"version\": " + version + "}")
                .statusCode())
        .isEqualTo(200);

    gateway.sendPart(parcel, 1, 1 << 20);
    await().until(() -> json(clinic.get(path)).get("underWay").isNull());
    await().until(() -> json(clinic.get(path)).get("imageCount").asInt() == 2);
    assertThat(sign(path, version).statusCode()).isEqualTo(200);

    var messages = messagesUntil(HubMessage.ReportReady.class);
    assertThat(
            messages.stream()
                .filter(HubMessage.CaseNews.class::isInstance)
                .map(HubMessage.CaseNews.class::cast)
                .filter(news -> news.studyInstanceUids().contains(parcel.study()))
                .map(HubMessage.CaseNews::state))
        .startsWith("RECEIVING", "WAITING", "CLAIMED", "REPORTED", "FINAL");
    assertThat(messages).extracting(HubMessage::sequence).isSorted().doesNotHaveDuplicates();
    report((HubMessage.ReportReady) messages.getLast());
    assertThat(files).hasSize(2);
  }

  private void report(HubMessage.ReportReady ready) {
    assertThat(ready.forms()).extracting(HubMessage.Form::form).contains("pdf", "text", "sr");
    for (var form : ready.forms()) {
      byte[] content = bytes(LinkPaths.report(ready.delivery(), form.form()), "");
      assertThat(content).hasSize((int) form.sizeBytes());
      assertThat(TestParcel.sha256(content)).isEqualTo(form.digest());
      byte[] rest = bytes(LinkPaths.report(ready.delivery(), form.form()), "bytes=10-");
      assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(content, 10, content.length));
    }
    assertThat(
            new String(
                bytes(LinkPaths.report(ready.delivery(), "text"), ""), StandardCharsets.UTF_8))
        .contains("No fracture.");
    var other = new TestGateway(port);
    other.enrol(codes.make(site, List.of("http://127.0.0.1:" + port), "").text());
    assertThat(other.send(other.to(LinkPaths.report(ready.delivery(), "pdf")).GET()).statusCode())
        .isEqualTo(404);
  }

  private byte[] bytes(String path, String range) {
    var request = gateway.to(path);
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    var answer = reader.exchangeBytes(request.GET().build());
    assertThat(answer.statusCode()).isEqualTo(range.isEmpty() ? 200 : 206);
    return answer.body();
  }

  @Test
  void a_coordinator_lets_a_case_go_on_whose_gateway_is_silent() {
    var silent = new TestGateway(port);
    silent.enrol(codes.make(site, List.of("http://127.0.0.1:" + port), "").text());
    var parcel = new TestParcel();
    parcel.addBundle(1);
    silent.declare(parcel.manifest());
    silent.sendPart(parcel, 0, 1 << 20);
    String path = "/api/cases/" + caseOf(parcel);
    await().until(() -> text(clinic.get(path), "state").equals("WAITING"));
    sql.sql(
            "update reading.gateway_contact set at = now() - interval '1 hour' where gateway_id = ?")
        .param(silent.answer().gateway())
        .update();

    var seen = json(coordinator.get(path));
    assertThat(seen.at("/underWay/silent").asBoolean()).isTrue();
    assertThat(seen.get("actions").toString()).contains("release-parcels");
    var gateways = json(coordinator.get("/api/gateways")).toString();
    assertThat(gateways).contains("\"silentSince\":\"20");
    var released =
        coordinator.post(
            path + "/release-parcels",
            "{\"version\": " + seen.get("version") + ", \"reason\": \"The clinic has no power\"}");

    assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
    assertThat(json(released).get("underWay").isNull()).isTrue();
    assertThat(json(released).get("events").toString()).contains("The clinic has no power");
    silent.sendPart(parcel, 1, 1 << 20);
    assertThat(silent.receipts(1)).hasSize(1);
  }

  @Test
  void photos_and_pdfs_become_objects_of_a_case() throws Exception {
    var parcel = new TestParcel();
    parcel.addDocument("image/jpeg", TestPhotos.jpeg(900, 700, 3));
    parcel.addDocument("application/pdf", "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
    var broken = parcel.addDocument("image/png", new byte[100]);

    gateway.send(parcel, 100_000);

    String path = "/api/cases/" + caseOf(parcel);
    await().until(() -> text(clinic.get(path), "state").equals("WAITING"));
    var opened = json(clinic.get(path));
    assertThat(opened.get("specialty").asString()).isEqualTo("DERMATOLOGY");
    assertThat(opened.get("imageCount").asInt()).isEqualTo(1);
    assertThat(opened.at("/studies/0/series").size()).isEqualTo(2);
    var receipts = new ArrayList<Receipt>();
    await()
        .until(() -> {
          gateway.receipts(1).stream()
              .filter(r -> r.parcel().equals(parcel.id()))
              .forEach(receipts::add);
          return receipts.size() == 3;
        });
    assertThat(receipts.stream().filter(r -> r.object().equals(broken.toString())).findFirst())
        .get()
        .matches(r -> r.outcome() == Receipt.Outcome.REFUSED && r.code().startsWith("TR-01"));
  }

  @Test
  void what_the_archive_holds_as_the_modality_sent_it_counts_as_stored() throws Exception {
    var parcel = new TestParcel();
    String uid = Uid.create().value();
    var original = parcel.file(uid, 8);
    archive
        .ingest()
        .ingestPartTen(site.id(), "dimse:XRAY1", new ByteArrayInputStream(original.partTen()));
    var recoded = parcel.file(uid, 6);
    parcel.addRecoded(recoded, original.digest());
    var changed = new TestParcel(parcel.study(), "P");
    changed.addRecoded(parcel.file(uid, 5), parcel.file(uid, 5).digest());

    gateway.send(parcel, 1 << 20);
    gateway.send(changed, 1 << 20);

    await()
        .untilAsserted(() -> {
          assertThat(outcome(parcel.id())).isEqualTo("STORED");
          assertThat(outcome(changed.id())).isEqualTo("QUARANTINED");
        });
  }

  @Test
  void the_worklist_goes_to_the_gateway_and_performed_steps_come_back() {
    var created =
        json(
            clinic.post(
                "/api/cases",
                """
                {"patient":{"familyName":"Otieno","givenName":"Grace","id":"P-9","sex":"F"},
                 "request":{"specialty":"RADIOLOGY","urgency":"URGENT","bodyPart":"CHEST",
                   "question":"TB?","expectXray":true}}
                """));
    clinic.post(
        "/api/cases/" + created.get("id").asString() + "/submit",
        "{\"version\": " + created.get("version") + "}");

    var worklist = gateway.send(gateway.to(LinkPaths.WORKLIST).GET());
    assertThat(worklist.statusCode()).isEqualTo(200);
    assertThat(worklist.body()).contains("Otieno");
    String tag = worklist.headers().firstValue("ETag").orElseThrow();
    assertThat(
            gateway
                .send(gateway.to(LinkPaths.WORKLIST).header("If-None-Match", tag).GET())
                .statusCode())
        .isEqualTo(304);
    assertThat(tag).contains(gateway.messages(0).worklistVersion());

    JsonNode item = LinkJson.mapper().readTree(worklist.body()).get(0);
    String study = item.at("/0020000D/Value/0").asString();
    String uid = Uid.create().value();
    assertThat(step(uid, 1, study, "IN PROGRESS")).isEqualTo(204);
    assertThat(step(uid, 2, study, "COMPLETED")).isEqualTo(204);
    assertThat(step(uid, 1, study, "IN PROGRESS")).isEqualTo(204);
    assertThat(
            sql.sql("select status from reading.performed_step where sop_instance_uid = ?")
                .param(uid)
                .query(String.class)
                .single())
        .isEqualTo("COMPLETED");
    assertThat(gateway.send(gateway.to(LinkPaths.WORKLIST).GET()).body()).doesNotContain(study);
    assertThat(step(uid, 3, study, "ASLEEP")).isEqualTo(422);
  }

  private int step(String uid, long revision, String study, String status) {
    String attributes =
        """
        {"00400252":{"vr":"CS","Value":["%s"]},
         "00400270":{"vr":"SQ","Value":[{"0020000D":{"vr":"UI","Value":["%s"]}}]}}
        """
            .formatted(status, study);
    var report = new PerformedStepReport("XRAY1", revision, attributes);
    return gateway
        .send(
            gateway
                .to(LinkPaths.performedStep(uid))
                .PUT(
                    java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                        LinkJson.mapper().writeValueAsBytes(report))))
        .statusCode();
  }

  /** The case that the parcel's study was put to. */
  private UUID caseOf(TestParcel parcel) {
    return await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                sql.sql("select case_id from reading.parcel_study where study_instance_uid = ?")
                    .param(parcel.study())
                    .query((row, n) -> java.util.Optional.ofNullable(row.getObject(1, UUID.class)))
                    .single(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private String outcome(UUID parcel) {
    return sql.sql(
            """
            select coalesce(max(o.outcome), '') from reading.parcel_object o
            join reading.parcel p on p.id = o.parcel_id where p.parcel_uuid = ?
            """)
        .param(parcel)
        .query(String.class)
        .single();
  }

  private List<HubMessage> messagesUntil(Class<?> kind) {
    List<HubMessage> messages = new ArrayList<>();
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> {
          messages.addAll(gateway.take(2));
          return !messages.isEmpty() && kind.isInstance(messages.getLast());
        });
    return messages;
  }

  private String draft(String path) {
    String sections =
        "{\"version\": 0, \"sections\": {\"findings\": \"No fracture.\", \"impression\": \"None\"}}";
    var saved = reader.put(path + "/report/draft", sections);
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
    return json(saved).get("version").toString();
  }

  private java.net.http.HttpResponse<String> sign(String path, String version) {
    return reader.post(
        path + "/report/sign",
        "{\"version\": " + version + ", \"password\": \"" + TestPeople.PASSWORD + "\"}");
  }

  private static String text(java.net.http.HttpResponse<String> answer, String field) {
    return json(answer).get(field).asString();
  }
}
