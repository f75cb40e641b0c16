package org.heliograph.reader.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.TestCases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.problem.JsonLines;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * What the operator's port tells, the alarm of queues, and that neither it nor the log tells more.
 */
@HubTest
@Import(TestCases.class)
@TestPropertySource(
    properties = {
      "management.server.port=0",
      "management.prometheus.metrics.export.enabled=true",
      "heliograph.alarm.every=1h"
    })
class MetricsIT {
  private static final List<String> MARKS =
      List.of("Okafor", "Adaeze", "P-17", "Fell yesterday", "Fracture?", "ZZMARK");

  @LocalServerPort private int port;
  @Autowired private Environment environment;
  @Autowired private TestCases made;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  @Autowired private QueueWatch watch;
  @Autowired private Archive archive;
  private UUID site = new UUID(0, 0);
  private Person nurse;

  MetricsIT() {
    nurse = new Person(site, "", "", "", "", Role.CLINIC, null, null);
  }

  @BeforeEach
  void people() {
    site = TestPeople.site(sites, "metrics").id();
    nurse = TestPeople.person(people, "metrics-nurse", Role.CLINIC, null, site);
    TestPeople.person(people, "metrics-reader", Role.READER, Specialty.RADIOLOGY, null);
  }

  @Test
  void a_whole_loop_is_counted_and_neither_metrics_nor_log_name_the_patient() throws Exception {
    var heard = new ListAppender<ILoggingEvent>();
    heard.start();
    var root = (Logger) LoggerFactory.getLogger("ROOT");
    var ours = (Logger) LoggerFactory.getLogger("org.heliograph");
    var before = ours.getLevel();
    root.addAppender(heard);
    ours.setLevel(Level.TRACE);
    try {
      loop();
    } finally {
      ours.setLevel(before);
      root.detachAppender(heard);
    }
    watch.look();

    var metrics = actuator("/prometheus").body();
    assertThat(metrics)
        .contains(
            "heliograph_queue_oldest_seconds{queue=\"cases-routine\"}",
            "heliograph_queue_size{queue=\"arrivals\"}",
            "heliograph_queue_alarm{queue=\"publications\"}",
            "heliograph_associations",
            "heliograph_query_seconds_bucket",
            "heliograph_ingest_seconds_bucket",
            "uri=\"/api/cases/{id}/claim\"",
            "http_server_requests_seconds_bucket",
            "jvm_memory_used_bytes");
    assertThat(metrics).doesNotContain(MARKS);
    assertThat(metrics.lines().filter(line -> !line.startsWith("#")))
        .noneMatch(line -> line.matches(".*[{,][^}]*=\"[^\"]*\\d+(\\.\\d+){3,}[^\"]*\".*"))
        .noneMatch(line -> line.matches(".*\"[^\"]*[0-9a-f]{8}-[0-9a-f]{4}-[^\"]*\".*"));
    var lines = new ArrayList<String>();
    var json = new JsonLines();
    for (var event : new ArrayList<>(heard.list)) {
      lines.add(new String(json.encode(event), StandardCharsets.UTF_8));
    }
    assertThat(String.join("", lines)).doesNotContain(MARKS);
  }

  @Test
  void only_health_and_metrics_are_shown_and_only_there() {
    var health = actuator("/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"db\"", "\"store\"", "\"queues\"");
    assertThat(actuator("/health/liveness").statusCode()).isEqualTo(200);
    assertThat(actuator("/health/readiness").statusCode()).isEqualTo(200);
    for (String other : List.of("/env", "/beans", "/heapdump", "/loggers", "/shutdown")) {
      assertThat(actuator(other).statusCode()).as(other).isEqualTo(404);
    }
    var web = new WebClient(port);
    assertThat(web.get("/actuator/prometheus").statusCode()).isEqualTo(404);
    assertThat(web.get("/actuator/health").statusCode()).isEqualTo(404);
    assertThat(WebClient.json(web.get("/api/health")).path("status").asString()).isEqualTo("UP");
    assertThat(web.get("/api/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void what_waits_too_long_raises_an_alarm_that_ends_by_itself() {
    var file = waiting(Urgency.EMERGENCY);
    sql.sql(
            """
            update reading.case_file set clock_started_at = clock_started_at - interval '2 hours'
            where id = ?
            """)
        .param(file.id().value())
        .update();
    watch.look();
    watch.look();

    assertThat(watch.alarms()).contains("cases-emergency");
    assertThat(alarms(true)).isEqualTo(1);
    assertThat(actuator("/prometheus").body())
        .contains("heliograph_queue_alarm{queue=\"cases-emergency\"} 1.0");
    assertThat(actuator("/health").body()).contains("cases-emergency");
    assertThat(WebClient.json(new WebClient(port).get("/api/health")).path("queues").asString())
        .isEqualTo("LATE");

    sql.sql("update reading.case_file set clock_started_at = clock_timestamp() where id = ?")
        .param(file.id().value())
        .update();
    watch.look();
    assertThat(watch.alarms()).doesNotContain("cases-emergency");
    assertThat(alarms(true)).isZero();
    assertThat(alarms(false)).isEqualTo(1);
  }

  private void loop() throws Exception {
    var clinic = signedIn("metrics-nurse");
    clinic.get("/api/cases?state=ZZMARK");
    clinic.post("/api/cases", "{\"patient\":{\"familyName\":\"ZZMARK\",\"birthDate\":\"ZZMARK\"}}");
    clinic.get("/dicomweb/studies?PatientName=ZZMARK*");
    clinic.get("/dicomweb/workitems?PatientName=ZZMARK&ZZMARK=1");
    clinic.post("/dicomweb/workitems", "{\"00100010\":{\"vr\":\"PN\",\"Value\":[\"ZZMARK\"]}}");
    clinic.get("/dicomweb/studies/ZZMARK");
    archive
        .ingest()
        .ingestPartTen(
            site,
            "dimse:MODALITY",
            new ByteArrayInputStream("ZZMARK".getBytes(StandardCharsets.UTF_8)));
    ingest();
    var file = waiting(Urgency.ROUTINE);
    var reader = signedIn("metrics-reader");
    String path = "/api/cases/" + file.id();
    assertThat(reader.post(path + "/claim", "{}").statusCode()).isEqualTo(200);
    assertThat(
            reader
                .put(
                    path + "/report/draft",
                    "{\"version\":0,\"sections\":{\"findings\":\"ZZMARK\",\"impression\":\"ZZMARK\"}}")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            reader
                .post(
                    path + "/report/sign",
                    "{\"version\":1,\"password\":\"" + TestPeople.PASSWORD + "\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(clinic.get(path).statusCode()).isEqualTo(200);
  }

  /** An instance whose header names the patient. */
  private void ingest() throws Exception {
    var dataset =
        Dataset.builder()
            .string(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
            .string(Tag.SOPInstanceUID, Uid.create().value())
            .string(Tag.StudyInstanceUID, Uid.create().value())
            .string(Tag.SeriesInstanceUID, Uid.create().value())
            .string(Tag.PatientName, "ZZMARK^ZZMARK")
            .string(Tag.PatientID, "ZZMARK")
            .string(Tag.Modality, "OT")
            .build();
    var bytes = new ByteArrayOutputStream();
    var syntax = TransferSyntax.of(Uids.ImplicitVrLittleEndian);
    DicomWriter.writeDataset(bytes, syntax, dataset, BulkSource.NONE);
    archive
        .ingest()
        .ingest(
            new Incoming(
                site,
                "dimse:MODALITY",
                TransferSyntaxUid.of(Uids.ImplicitVrLittleEndian),
                null,
                null,
                new ByteArrayInputStream(bytes.toByteArray())));
  }

  private WebClient signedIn(String login) {
    var web = new WebClient(port);
    assertThat(web.signIn(login, TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    return web;
  }

  private CaseFile waiting(Urgency urgency) {
    return made.waiting(site, nurse.id(), TestCases.request(Specialty.RADIOLOGY, urgency));
  }

  private HttpResponse<String> actuator(String path) {
    int management = environment.getRequiredProperty("local.management.port", Integer.class);
    return new WebClient(management).get("/actuator" + path);
  }

  private long alarms(boolean open) {
    return sql.sql(
            """
            select count(*) from reading.queue_alarm
            where queue = 'cases-emergency' and (cleared_at is null) = ?
            """)
        .param(open)
        .query(Long.class)
        .single();
  }
}
