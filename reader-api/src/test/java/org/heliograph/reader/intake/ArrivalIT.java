package org.heliograph.reader.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heliograph.reader.WebClient.json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ingest.Incoming;
import org.heliograph.archive.ingest.IngestResult;
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
import org.heliograph.reader.cases.CaseReadiness;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Studies that modalities send, from the archive's outbox to the case. */
@HubTest
@TestPropertySource(
    properties = {
      "heliograph.cases.quiet-period=1h",
      "heliograph.cases.arrivals=1h",
      "heliograph.cases.sweep=1h"
    })
class ArrivalIT {
  @LocalServerPort private int port;
  @Autowired private Archive archive;
  @Autowired private ArrivalWorker worker;
  @Autowired private CaseReadiness readiness;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  private Person clinicPerson;
  private WebClient clinic;
  private String patient;

  @BeforeEach
  void clinic() {
    var site = TestPeople.site(sites, "ARRIVE");
    clinicPerson = TestPeople.person(people, "arrive-clinic", Role.CLINIC, null, site.id());
    TestPeople.person(people, "arrive-reader", Role.READER, Specialty.RADIOLOGY, null);
    clinic = new WebClient(port);
    clinic.signIn("arrive-clinic", TestPeople.PASSWORD);
    patient = "P-" + UUID.randomUUID();
  }

  @Test
  void a_study_without_a_request_opens_a_case_that_waits_after_the_quiet_period() throws Exception {
    var study = Uid.create().value();
    send(study, patient, "", "Okafor^Adaeze");
    send(study, patient, "", "Okafor^Adaeze");
    worker.work();
    var opened = caseOf(study);

    assertThat(opened.get("state").asString()).isEqualTo("RECEIVING");
    assertThat(opened.get("specialty").asString()).isEqualTo("RADIOLOGY");
    assertThat(opened.get("urgency").asString()).isEqualTo("ROUTINE");
    assertThat(opened.get("request").isNull()).isTrue();
    assertThat(opened.get("imageCount").asInt()).isEqualTo(2);
    assertThat(opened.at("/patientDetails/familyName").asString()).isEqualTo("Okafor");
    assertThat(opened.at("/studies/0/series/0/instances/0/photo").asBoolean()).isFalse();

    readiness.settleDue();
    assertThat(caseOf(study).get("state").asString()).isEqualTo("RECEIVING");
    quietPeriodPasses();
    readiness.settleDue();
    assertThat(caseOf(study).get("state").asString()).isEqualTo("WAITING");
    assertThat(caseOf(study).get("deadlineAt").isNull()).isFalse();
  }

  @Test
  void a_late_request_merges_and_a_contradicting_patient_is_shown() throws Exception {
    var study = Uid.create().value();
    send(study, patient, "", "Okafor^Adaeze");
    worker.work();
    quietPeriodPasses();
    readiness.settleDue();
    var opened = caseOf(study);

    var edited =
        clinic.put(
            "/api/cases/" + opened.get("id").asString() + "/request",
            """
            {"version":%s,
             "patient":{"familyName":"Okoro","givenName":"Ada","id":"%s","birthDate":"1980-02-29","sex":"F"},
             "request":{"specialty":"RADIOLOGY","urgency":"EMERGENCY","bodyPart":"HAND","question":"Fracture?"}}
            """
                .formatted(opened.get("version"), patient));

    assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
    var merged = json(edited);
    assertThat(merged.get("state").asString()).isEqualTo("WAITING");
    assertThat(merged.at("/request/question").asString()).isEqualTo("Fracture?");
    assertThat(merged.at("/mismatch/fields/0").asString()).isEqualTo("name");
    assertThat(merged.get("deadlineAt").asString()).isLessThan(opened.get("deadlineAt").asString());
    assertThat(merged.get("actions").toString()).doesNotContain("edit");
  }

  @Test
  void a_submitted_case_gets_its_x_ray_by_the_accession_number() throws Exception {
    var accession = "A" + System.nanoTime() % 1_000_000_000L;
    var id = submitted(accession, patient);
    assertThat(open(id).get("state").asString()).isEqualTo("SUBMITTED");

    var study = Uid.create().value();
    send(study, "OTHER-ID", accession, "Okafor^Adaeze");
    worker.work();

    assertThat(caseOf(study).get("id").asString()).isEqualTo(id);
    assertThat(open(id).get("state").asString()).isEqualTo("RECEIVING");
    assertThat(open(id).at("/mismatch/fields/0").asString()).isEqualTo("id");
    quietPeriodPasses();
    readiness.settleDue();
    assertThat(open(id).get("state").asString()).isEqualTo("WAITING");
  }

  @Test
  void a_submitted_case_gets_its_x_ray_by_the_patient_when_there_is_only_one_such_case()
      throws Exception {
    var id = submitted("", patient);
    var study = Uid.create().value();
    send(study, patient, "", "OKAFOR^ADAEZE");
    worker.work();

    assertThat(caseOf(study).get("id").asString()).isEqualTo(id);
    assertThat(open(id).get("mismatch").isNull()).isTrue();
  }

  @Test
  void two_cases_that_wait_for_the_same_patient_get_neither_and_a_case_is_opened()
      throws Exception {
    var one = submitted("", patient);
    var two = submitted("", patient);
    var study = Uid.create().value();
    send(study, patient, "", "Okafor^Adaeze");
    worker.work();

    assertThat(caseOf(study).get("id").asString()).isNotIn(one, two);
  }

  @Test
  void a_later_image_of_the_same_study_goes_to_the_same_case() throws Exception {
    var study = Uid.create().value();
    send(study, patient, "", "Okafor^Adaeze");
    worker.work();
    var first = caseOf(study);
    send(study, patient, "", "Okafor^Adaeze");
    worker.work();

    assertThat(caseOf(study).get("id")).isEqualTo(first.get("id"));
    assertThat(caseOf(study).get("imageCount").asInt()).isEqualTo(2);
    assertThat(caseOf(study).get("version")).isEqualTo(first.get("version"));
  }

  @Test
  void what_cannot_be_filed_is_parked_and_stops_nobody_else() throws Exception {
    send(UUID.randomUUID(), Uid.create().value(), patient, "", "Of^Nowhere");
    var study = Uid.create().value();
    send(study, patient, "", "Okafor^Adaeze");

    worker.work();

    assertThat(caseOf(study).get("imageCount").asInt()).isEqualTo(1);
    assertThat(sql.sql("select count(*) from reading.parked_arrival").query(Integer.class).single())
        .isEqualTo(1);
    assertThat(sql.sql("select count(*) from archive.outbox").query(Integer.class).single())
        .isZero();
  }

  private String submitted(String accession, String patientId) {
    var made =
        json(
            clinic.post(
                "/api/cases",
                """
                {"patient":{"familyName":"Okafor","givenName":"Adaeze","id":"%s"},
                 "request":{"specialty":"RADIOLOGY","urgency":"URGENT","bodyPart":"HAND",
                            "question":"Fracture?","accessionNumber":"%s","expectXray":true}}
                """
                    .formatted(patientId, accession)));
    var id = made.get("id").asString();
    var answer =
        clinic.post("/api/cases/" + id + "/submit", "{\"version\":" + made.get("version") + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return id;
  }

  private void send(String study, String patientId, String accession, String name)
      throws IOException {
    send(Objects.requireNonNull(clinicPerson.siteId()), study, patientId, accession, name);
  }

  private void send(UUID site, String study, String patientId, String accession, String name)
      throws IOException {
    var dataset =
        Dataset.builder()
            .string(Tag.SOPClassUID, Uids.SecondaryCaptureImageStorage)
            .string(Tag.SOPInstanceUID, Uid.create().value())
            .string(Tag.AccessionNumber, accession)
            .string(Tag.Modality, "DX")
            .string(Tag.PatientName, name)
            .string(Tag.PatientID, patientId)
            .string(Tag.PatientBirthDate, "19800229")
            .string(Tag.PatientSex, "F")
            .string(Tag.BodyPartExamined, "HAND")
            .string(Tag.StudyInstanceUID, study)
            .string(Tag.SeriesInstanceUID, Uid.create().value())
            .build();
    var bytes = new ByteArrayOutputStream();
    DicomWriter.writeDataset(
        bytes, TransferSyntax.of(Uids.ExplicitVrLittleEndian), dataset, BulkSource.NONE);
    var result =
        archive
            .ingest()
            .ingest(
                new Incoming(
                    site,
                    "dimse:DEMO",
                    TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian),
                    null,
                    null,
                    new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(result).isInstanceOf(IngestResult.Stored.class);
  }

  private void quietPeriodPasses() {
    sql.sql("update reading.case_file set quiet_until = quiet_until - interval '2 hours'").update();
  }

  private JsonNode caseOf(String study) {
    return open(
        sql.sql("select case_id from reading.case_study where study_instance_uid = ?")
            .param(study)
            .query(UUID.class)
            .single()
            .toString());
  }

  private JsonNode open(String id) {
    var answer = clinic.get("/api/cases/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }
}
