package org.heliograph.reader.ups;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.xml.DicomXml;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.TestCases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** UPS-RS over HTTP: workitems of cases and of programs. */
@HubTest
@Import(TestCases.class)
class WorklistIT {
  @LocalServerPort private int port;
  @Autowired private TestCases made;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  @Autowired private UpsSweep sweep;

  private UUID site = new UUID(0, 0);
  private Person nurse;
  private Person ada;
  private Worklist reader;
  private Worklist clinic;

  WorklistIT() {
    nurse = new Person(site, "", "", "", "", Role.CLINIC, null, null);
    ada = nurse;
    reader = new Worklist(0);
    clinic = reader;
  }

  @BeforeEach
  void sign_in() {
    site = TestPeople.site(sites, "ups").id();
    nurse = TestPeople.person(people, "ups-nurse", Role.CLINIC, null, site);
    ada = TestPeople.person(people, "ups-ada", Role.READER, Specialty.RADIOLOGY, null);
    TestPeople.person(people, "ups-ben", Role.READER, Specialty.RADIOLOGY, null);
    TestPeople.person(people, "ups-derm", Role.READER, Specialty.DERMATOLOGY, null);
    TestPeople.person(people, "ups-desk", Role.COORDINATOR, null, null);
    TestPeople.person(people, "ups-admin", Role.ADMINISTRATOR, null, null);
    TestPeople.person(
        people, "ups-stranger", Role.CLINIC, null, TestPeople.site(sites, "ups-other").id());
    reader = new Worklist(port, "ups-ada");
    clinic = new Worklist(port, "ups-nurse");
  }

  @Test
  void a_waiting_case_is_a_scheduled_workitem() {
    var file = waiting(Urgency.EMERGENCY);
    var workitem = scheduled(file);

    assertThat(workitem.string(Tag.SOPClassUID)).contains("1.2.840.10008.5.1.4.34.6.1");
    assertThat(workitem.string(Tag.ScheduledProcedureStepPriority)).contains("HIGH");
    assertThat(workitem.string(Tag.InputReadinessState)).contains("READY");
    assertThat(workitem.string(Tag.PatientName)).contains("Okafor^Adaeze");
    assertThat(workitem.string(Tag.PatientID)).contains("P-17");
    assertThat(workitem.string(Tag.WorklistLabel)).contains("RADIOLOGY");
    assertThat(workitem.string(Tag.ProcedureStepLabel)).contains("Radiology HAND L");
    assertThat(workitem.dateTime(Tag.ExpectedCompletionDateTime)).isPresent();
    assertThat(
            workitem.item(Tag.ScheduledWorkitemCodeSequence).flatMap(c -> c.string(Tag.CodeValue)))
        .contains("110005");
    assertThat(workitem.contains(Tag.TransactionUID)).isFalse();
  }

  @Test
  void a_reader_takes_a_case_and_gives_it_back() {
    var file = waiting(Urgency.ROUTINE);
    String uid = uid(scheduled(file));
    String lock = Uid.create().value();

    assertThat(reader.state(uid, "IN PROGRESS", lock).statusCode()).isEqualTo(200);
    assertThat(caseState(file)).isEqualTo("CLAIMED");
    var taken = reader.retrieve(uid);
    assertThat(taken.string(Tag.ProcedureStepState)).contains("IN PROGRESS");
    assertThat(taken.contains(Tag.TransactionUID)).isFalse();
    assertThat(
            taken
                .item(Tag.ScheduledHumanPerformersSequence)
                .flatMap(performer -> performer.string(Tag.HumanPerformerName)))
        .contains("Person ups-ada");
    refused(reader.state(uid, "IN PROGRESS", lock), 409, "TR-0343", "inconsistent");
    refused(reader.state(uid, "COMPLETED", lock), 409, "TR-0345", "inconsistent");
    refused(
        reader.state(uid, "CANCELED", Uid.create().value()), 400, "TR-0342", "UID is incorrect");
    refused(reader.state(uid, "CANCELED", ""), 400, "TR-0341", "UID is missing");

    assertThat(reader.state(uid, "CANCELED", lock).statusCode()).isEqualTo(200);
    assertThat(caseState(file)).isEqualTo("WAITING");
    assertThat(reader.retrieve(uid).string(Tag.ProcedureStepState)).contains("CANCELED");
    var again = reader.state(uid, "CANCELED", lock);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Worklist.warning(again)).contains("already in the requested state of CANCELED");
    refused(reader.state(uid, "IN PROGRESS", lock), 409, "TR-0343", "inconsistent");
    assertThat(uid(scheduled(file))).isNotEqualTo(uid);
  }

  @Test
  void a_signature_completes_the_workitem() {
    var file = waiting(Urgency.URGENT);
    String uid = uid(scheduled(file));
    String lock = Uid.create().value();
    reader.state(uid, "IN PROGRESS", lock);

    made.append(file.id(), ada.id(), CaseEventKind.REPORTED, CaseEventKind.FINAL);

    var done = reader.retrieve(uid);
    assertThat(done.string(Tag.ProcedureStepState)).contains("COMPLETED");
    var performed = done.item(Tag.UnifiedProcedureStepPerformedProcedureSequence).orElseThrow();
    assertThat(performed.string(Tag.PerformedProcedureStepStartDateTime)).isPresent();
    assertThat(performed.string(Tag.PerformedProcedureStepEndDateTime)).isPresent();
    var confirmed = reader.state(uid, "COMPLETED", lock);
    assertThat(confirmed.statusCode()).isEqualTo(200);
    assertThat(Worklist.warning(confirmed)).contains("already in the requested state of COMPLETED");
    refused(update(reader, uid, lock), 400, "TR-0344", "inconsistent");
  }

  @Test
  void two_readers_who_claim_at_once_have_one_winner() throws Exception {
    var ben = new Worklist(port, "ups-ben");
    for (int i = 0; i < 10; i++) {
      String uid = uid(scheduled(waiting(Urgency.ROUTINE)));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<HttpResponse<String>>> both =
            List.of(
                () -> reader.state(uid, "IN PROGRESS", Uid.create().value()),
                () -> ben.state(uid, "IN PROGRESS", Uid.create().value()));
        var answers = threads.invokeAll(both).stream().map(f -> f.resultNow()).toList();
        assertThat(answers).filteredOn(a -> a.statusCode() == 200).hasSize(1);
        assertThat(answers)
            .filteredOn(a -> a.statusCode() != 200)
            .allSatisfy(a -> assertThat(a.statusCode()).isIn(400, 404, 409));
      }
    }
  }

  @Test
  void progress_is_reported_with_the_lock_and_the_case_is_not_written_over() {
    var file = waiting(Urgency.ROUTINE);
    String uid = uid(scheduled(file));
    String lock = Uid.create().value();
    refused(update(reader, uid, lock), 409, "TR-0343", "did not reference a claimed Workitem");
    reader.state(uid, "IN PROGRESS", lock);

    refused(update(reader, uid, ""), 400, "TR-0341", "missing");
    refused(update(reader, uid, Uid.create().value()), 400, "TR-0342", "incorrect");
    assertThat(update(reader, uid, lock).statusCode()).isEqualTo(200);
    assertThat(
            reader
                .retrieve(uid)
                .item(Tag.ProcedureStepProgressInformationSequence)
                .flatMap(progress -> progress.string(Tag.ProcedureStepProgress)))
        .contains("50");
    var label = Dataset.builder().string(Tag.ProcedureStepLabel, "mine").build();
    var refused = reader.send("POST", "/" + uid + "?" + lock, Worklist.JSON, Worklist.json(label));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("TR-0346", "belongs to the case");
  }

  @Test
  void the_reading_room_and_programs_see_the_same() {
    var file = waiting(Urgency.ROUTINE);
    String uid = uid(scheduled(file));

    made.claimed(file.id(), ada.id());

    assertThat(reader.retrieve(uid).string(Tag.ProcedureStepState)).contains("IN PROGRESS");
    refused(reader.state(uid, "COMPLETED", Uid.create().value()), 400, "TR-0342", "incorrect");
    made.append(file.id(), ada.id(), CaseEventKind.INFO_REQUESTED);
    assertThat(reader.retrieve(uid).string(Tag.InputReadinessState)).contains("INCOMPLETE");
    made.append(file.id(), ada.id(), CaseEventKind.ANSWERED, CaseEventKind.CLAIMED);
    var back = reader.retrieve(uid);
    assertThat(back.string(Tag.InputReadinessState)).contains("READY");
    assertThat(back.string(Tag.ProcedureStepState)).contains("IN PROGRESS");
    made.append(file.id(), ada.id(), CaseEventKind.REJECTED);
    assertThat(reader.retrieve(uid).string(Tag.ProcedureStepState)).contains("CANCELED");
  }

  @Test
  void a_clinic_withdraws_its_case_by_a_cancellation_request() {
    var file = waiting(Urgency.ROUTINE);
    String uid = uid(scheduled(file));
    var reason = Dataset.builder().string(Tag.ReasonForCancellation, "Sent twice").build();

    assertThat(
            reader
                .send("POST", "/" + uid + "/cancelrequest", Worklist.JSON, Worklist.json(reason))
                .statusCode())
        .isEqualTo(403);
    var accepted =
        clinic.send("POST", "/" + uid + "/cancelrequest", Worklist.JSON, Worklist.json(reason));
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(caseState(file)).isEqualTo("CANCELLED");
    var ended = clinic.retrieve(uid);
    assertThat(ended.string(Tag.ProcedureStepState)).contains("CANCELED");
    assertThat(
            ended
                .item(Tag.ProcedureStepProgressInformationSequence)
                .flatMap(p -> p.string(Tag.ReasonForCancellation)))
        .contains("Sent twice");
    var again = clinic.send("POST", "/" + uid + "/cancelrequest");
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(Worklist.warning(again)).contains("already in the requested state of CANCELED");
  }

  @ParameterizedTest
  @CsvSource({"json", "xml"})
  void a_program_makes_and_performs_a_workitem_of_its_own(String form) throws Exception {
    String uid = Uid.create().value();
    String lock = Uid.create().value();
    assertThat(send("POST", "?" + uid, form, task("P-99")).statusCode()).isEqualTo(201);
    var twice = send("POST", "?workitem=" + uid, form, task("P-99"));
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(twice.body()).contains("TR-0340");

    assertThat(
            send(
                    "POST",
                    "/" + uid,
                    form,
                    Dataset.builder().string(Tag.WorklistLabel, "CAD").build())
                .statusCode())
        .isEqualTo(200);
    assertThat(clinic.search("?WorklistLabel=CAD&PatientID=P-99")).hasSizeGreaterThan(0);
    var wanted =
        Dataset.builder()
            .string(Tag.ProcedureStepState, "IN PROGRESS")
            .string(Tag.TransactionUID, lock)
            .build();
    assertThat(send("PUT", "/" + uid + "/state", form, wanted).statusCode()).isEqualTo(200);
    refused(clinic.state(uid, "COMPLETED", lock), 409, "TR-0345", "inconsistent");
    assertThat(send("POST", "/" + uid + "?transaction-uid=" + lock, form, performed()).statusCode())
        .isEqualTo(200);
    assertThat(clinic.state(uid, "COMPLETED", lock).statusCode()).isEqualTo(200);

    var xml = clinic.get("/" + uid, "application/dicom+xml");
    assertThat(xml.statusCode()).isEqualTo(200);
    assertThat(DicomXml.read(xml.body())).isEqualTo(clinic.retrieve(uid));
    assertThat(clinic.retrieve(uid).string(Tag.ProcedureStepState)).contains("COMPLETED");
    assertThat(
            clinic
                .get("?SOPInstanceUID=" + uid, "multipart/related; type=\"application/dicom+xml\"")
                .body())
        .contains("<NativeDicomModel", uid);
  }

  @Test
  void searches_are_paged_and_narrowed() {
    String patient = "PAGED-" + UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < 5; i++) {
      assertThat(send("POST", "", "json", task(patient)).statusCode()).isEqualTo(201);
    }
    var first = clinic.search("?PatientID=" + patient + "&limit=2");
    var second = clinic.search("?PatientID=" + patient + "&limit=2&offset=2");
    var third = clinic.search("?PatientID=" + patient + "&limit=2&offset=4");
    assertThat(first).hasSize(2);
    assertThat(second).hasSize(2);
    assertThat(third).hasSize(1);
    assertThat(
            java.util.stream.Stream.of(first, second, third)
                .flatMap(List::stream)
                .map(WorklistIT::uid)
                .distinct())
        .hasSize(5);
    assertThat(clinic.get("?PatientID=" + patient + "x", Worklist.JSON).statusCode())
        .isEqualTo(204);
    var one = clinic.search("?PatientID=" + patient + "&limit=1").getFirst();
    assertThat(one.contains(Tag.UnifiedProcedureStepPerformedProcedureSequence)).isFalse();
    assertThat(
            clinic
                .search("?PatientID=" + patient + "&limit=1&includefield=00741216")
                .getFirst()
                .contains(Tag.UnifiedProcedureStepPerformedProcedureSequence))
        .isTrue();
  }

  @Test
  void who_may_not_see_a_workitem_is_answered_as_if_there_were_none() {
    var file = waiting(Urgency.ROUTINE);
    String ofCase = uid(scheduled(file));
    String ofProgram = Uid.create().value();
    send("POST", "?" + ofProgram, "json", task("P-1"));

    for (String login : List.of("ups-derm", "ups-stranger", "ups-admin")) {
      var other = new Worklist(port, login);
      for (String uid : List.of(ofCase, ofProgram)) {
        assertThat(other.get("/" + uid, Worklist.JSON).statusCode()).isEqualTo(404);
        assertThat(other.state(uid, "IN PROGRESS", Uid.create().value()).statusCode())
            .isEqualTo(404);
        assertThat(other.send("POST", "/" + uid + "/subscribers/X").statusCode()).isEqualTo(404);
        assertThat(other.search("?SOPInstanceUID=" + uid)).isEmpty();
      }
    }
    assertThat(reader.get("/" + ofProgram, Worklist.JSON).statusCode()).isEqualTo(404);
    assertThat(new Worklist(port, "ups-desk").get("/" + ofProgram, Worklist.JSON).statusCode())
        .isEqualTo(200);
    assertThat(clinic.state(ofCase, "IN PROGRESS", Uid.create().value()).statusCode())
        .isEqualTo(403);
    assertThat(reader.send("POST", "", Worklist.JSON, Worklist.json(task("P-2"))).statusCode())
        .isEqualTo(403);
    assertThat(new org.heliograph.reader.WebClient(port).get(Worklist.WORKITEMS).statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_case_from_before_there_were_workitems_gets_one() {
    var file = waiting(Urgency.ROUTINE);
    sql.sql("delete from reading.ups_workitem where case_id = ?").param(file.id().value()).update();

    sweep.addMissing();

    assertThat(reader.ofCase(file.number(), WorkitemState.SCHEDULED)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST |            | application/dicom+json | {                       | 400",
        "POST |            | application/dicom+json | []                      | 400",
        "POST |            | application/dicom+json | [{},{}]                 | 400",
        "POST |            | application/dicom+json | {}                      | 400",
        "POST |            | application/dicom+json |"
            + " {\"00080018\":{\"vr\":\"UI\",\"Value\":[\"x\"]}} | 400",
        "POST |            | application/dicom+json |"
            + " {\"7FE00010\":{\"vr\":\"OW\",\"InlineBinary\":\"AAAA\"}} | 400",
        "POST |            | application/dicom+xml  | <!DOCTYPE a [<!ENTITY b SYSTEM"
            + " 'file:///etc/passwd'>]><NativeDicomModel>&b;</NativeDicomModel> | 400",
        "POST |            | text/plain             | x                       | 415",
        "POST | ?1..2      | application/dicom+json | {}                      | 400",
        "PUT  | /1.2/state | application/dicom+json |"
            + " {\"00741000\":{\"vr\":\"CS\",\"Value\":[\"DONE\"]}} | 400",
        "PUT  | /1.2/state | application/dicom+json |"
            + " {\"00741000\":{\"vr\":\"CS\",\"Value\":[\"SCHEDULED\"]}} | 404",
        "POST | /1.2       | application/dicom+json | {}                      | 404",
        "POST | /1.2/cancelrequest | application/dicom+json | {}             | 404"
      })
  void hostile_bodies_get_a_clear_answer(
      String method, String path, String type, String body, int status) {
    var answer = clinic.send(method, path == null ? "" : path, type, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"TR-").doesNotContain("passwd", "root:");
  }

  @Test
  void hostile_queries_get_a_clear_answer() {
    assertThat(clinic.get("?NoSuchThing=1", Worklist.JSON).statusCode()).isEqualTo(400);
    assertThat(clinic.get("?limit=-1", Worklist.JSON).statusCode()).isEqualTo(400);
    assertThat(clinic.get("?PatientName=" + "*a".repeat(1500) + "b", Worklist.JSON).statusCode())
        .isIn(200, 204);
    assertThat(clinic.get("/not-a-uid", Worklist.JSON).statusCode()).isEqualTo(404);
    assertThat(clinic.get("", "image/png").statusCode()).isEqualTo(406);
    String title = "THIS-AE-TITLE-IS-TOO-LONG";
    assertThat(clinic.send("POST", "/1.2.840.10008.5.1.4.34.5/subscribers/" + title).statusCode())
        .isEqualTo(400);
    assertThat(clinic.send("POST", "/1.2.840.10008.5.1.4.34.5.1/subscribers/A").statusCode())
        .isEqualTo(400);
    assertThat(
            clinic
                .send("POST", "/1.2.840.10008.5.1.4.34.5/subscribers/A?deletionlock=perhaps")
                .statusCode())
        .isEqualTo(400);
    for (int i = 0; i < Subscribers.AE_TITLES; i++) {
      assertThat(
              new Worklist(port, "ups-admin")
                  .send("POST", "/1.2.840.10008.5.1.4.34.5/subscribers/A" + i)
                  .statusCode())
          .isEqualTo(201);
    }
    assertThat(
            new Worklist(port, "ups-admin")
                .send("POST", "/1.2.840.10008.5.1.4.34.5/subscribers/ONEMORE")
                .statusCode())
        .isEqualTo(409);
  }

  static Dataset task(String patient) {
    return Dataset.builder()
        .string(Tag.ScheduledProcedureStepPriority, "MEDIUM")
        .string(Tag.ProcedureStepLabel, "Bone age")
        .string(Tag.ScheduledProcedureStepStartDateTime, "20260101120000+0000")
        .string(Tag.InputReadinessState, "READY")
        .string(Tag.ProcedureStepState, "SCHEDULED")
        .string(Tag.PatientID, patient)
        .string(Tag.PatientName, "Müller^Jörg")
        .build();
  }

  static Dataset performed() {
    return Dataset.builder()
        .sequence(
            Tag.UnifiedProcedureStepPerformedProcedureSequence,
            Dataset.builder()
                .string(Tag.PerformedProcedureStepStartDateTime, "20260101120000+0000")
                .string(Tag.PerformedProcedureStepEndDateTime, "20260101120500+0000")
                .sequence(Tag.PerformedWorkitemCodeSequence, Codes.INTERPRETATION)
                .build())
        .build();
  }

  private HttpResponse<String> send(String method, String path, String form, Dataset body) {
    return form.equals("xml")
        ? clinic.send(method, path, "application/dicom+xml", DicomXml.write(body, _ -> null))
        : clinic.send(method, path, Worklist.JSON, Worklist.json(body));
  }

  private static HttpResponse<String> update(Worklist program, String uid, String lock) {
    var progress =
        Dataset.builder()
            .sequence(
                Tag.ProcedureStepProgressInformationSequence,
                Dataset.builder().string(Tag.ProcedureStepProgress, "50").build())
            .build();
    return program.send(
        "POST",
        "/" + uid + (lock.isEmpty() ? "" : "?transaction-uid=" + lock),
        Worklist.JSON,
        Worklist.json(progress));
  }

  private static void refused(
      HttpResponse<String> answer, int status, String code, String warning) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(code);
    assertThat(Worklist.warning(answer)).startsWith("299 ").contains(warning);
  }

  private CaseFile waiting(Urgency urgency) {
    return made.waiting(site, nurse.id(), TestCases.request(Specialty.RADIOLOGY, urgency));
  }

  private Dataset scheduled(CaseFile file) {
    return reader.ofCase(file.number(), WorkitemState.SCHEDULED).orElseThrow();
  }

  private String caseState(CaseFile file) {
    return sql.sql("select state from reading.case_file where id = ?")
        .param(file.id().value())
        .query(String.class)
        .single();
  }

  private static String uid(Dataset workitem) {
    return workitem.string(Tag.SOPInstanceUID, "");
  }
}
