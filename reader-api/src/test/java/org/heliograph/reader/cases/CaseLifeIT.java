package org.heliograph.reader.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heliograph.reader.WebClient.json;

import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@HubTest
@Import(TestCases.class)
class CaseLifeIT {
  @LocalServerPort private int port;
  @Autowired private TestCases made;
  @Autowired private Cases cases;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  private Person clinicPerson;
  private Person readerPerson;
  private WebClient clinic;
  private WebClient reader;

  @BeforeEach
  void people() {
    var site = TestPeople.site(sites, "LIFE");
    clinicPerson = TestPeople.person(people, "life-clinic", Role.CLINIC, null, site.id());
    readerPerson = TestPeople.person(people, "life-reader", Role.READER, Specialty.RADIOLOGY, null);
    clinic = new WebClient(port);
    clinic.signIn("life-clinic", TestPeople.PASSWORD);
    reader = new WebClient(port);
    reader.signIn("life-reader", TestPeople.PASSWORD);
  }

  @Test
  void
      the_reader_asks_the_clinic_answers_and_the_same_reader_goes_on_with_the_clock_paused_between() {
    var id = waiting().id();
    var claimed = ok(reader.post("/api/cases/" + id + "/claim", "{}"));
    var asked =
        ok(
            reader.post(
                "/api/cases/" + id + "/needs-info",
                "{\"version\":%s,\"kind\":\"RETAKE\",\"text\":\"Out of focus\"}"
                    .formatted(claimed.get("version"))));
    assertThat(asked.get("state").asString()).isEqualTo("NEEDS_INFO");
    assertThat(asked.get("clockPaused").asBoolean()).isTrue();
    sql.sql(
            """
            update reading.case_file set clock_paused_at = clock_paused_at - interval '1 hour'
            where id = ?
            """)
        .param(id.value())
        .update();

    var before = ok(clinic.get("/api/cases/" + id));
    assertThat(texts(before.get("actions"))).contains("answer", "edit", "cancel");
    var answered =
        ok(
            clinic.post(
                "/api/cases/" + id + "/answer",
                "{\"version\":%s,\"text\":\"New picture sent\"}".formatted(before.get("version"))));

    assertThat(answered.get("state").asString()).isEqualTo("CLAIMED");
    assertThat(answered.at("/claimedBy/id").asString()).isEqualTo(readerPerson.id().toString());
    assertThat(java.time.Instant.parse(answered.get("deadlineAt").asString()))
        .isAfterOrEqualTo(
            java.time.Instant.parse(claimed.get("deadlineAt").asString()).plusSeconds(3600));
    assertThat(answered.get("messages")).hasSize(2);
    assertThat(answered.at("/messages/0/text").asString()).isEqualTo("Out of focus");
  }

  @Test
  void a_question_of_a_reader_who_is_gone_goes_back_to_everybody() {
    var gone =
        TestPeople.person(
            people, "gone-" + UUID.randomUUID(), Role.READER, Specialty.RADIOLOGY, null);
    var id = waiting().id();
    made.append(id, gone.id(), CaseEventKind.CLAIMED, CaseEventKind.INFO_REQUESTED);
    sql.sql("update reading.person set active = false where id = ?").param(gone.id()).update();

    var version = ok(clinic.get("/api/cases/" + id)).get("version");
    var answered =
        ok(
            clinic.post(
                "/api/cases/" + id + "/answer",
                "{\"version\":%s,\"text\":\"Here\"}".formatted(version)));

    assertThat(answered.get("state").asString()).isEqualTo("WAITING");
    assertThat(answered.get("claimedBy").isNull()).isTrue();
  }

  @Test
  void of_two_commands_on_the_same_version_one_is_told_that_the_case_changed() throws Exception {
    for (int round = 0; round < 10; round++) {
      var file = waiting();
      var body = "{\"version\":%d,\"reason\":\"twice\"}".formatted(file.version());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var one = threads.submit(() -> clinic.post("/api/cases/" + file.id() + "/cancel", body));
        var two = threads.submit(() -> clinic.post("/api/cases/" + file.id() + "/cancel", body));
        assertThat(java.util.List.of(one.get().statusCode(), two.get().statusCode()))
            .containsExactlyInAnyOrder(200, 409);
      }
    }
  }

  @Test
  void a_stale_version_is_refused_with_its_code_and_a_wrong_step_with_another() {
    var file = waiting();

    var stale =
        clinic.post("/api/cases/" + file.id() + "/cancel", "{\"version\":1,\"reason\":\"x\"}");
    var wrong =
        clinic.post(
            "/api/cases/" + file.id() + "/submit", "{\"version\":%d}".formatted(file.version()));

    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(json(stale).get("code").asString()).isEqualTo("TR-0100");
    assertThat(wrong.statusCode()).isEqualTo(409);
    assertThat(json(wrong).get("code").asString()).isEqualTo("TR-0101");
  }

  @Test
  void a_rejected_case_shows_the_clinic_the_coded_reason() {
    var id = waiting().id();
    var claimed = ok(reader.post("/api/cases/" + id + "/claim", "{}"));

    var rejected =
        ok(
            reader.post(
                "/api/cases/" + id + "/reject",
                "{\"version\":%s,\"code\":\"WRONG_PATIENT\",\"text\":\"Two names\"}"
                    .formatted(claimed.get("version"))));

    assertThat(rejected.get("state").asString()).isEqualTo("REJECTED");
    assertThat(cases.history(id).getLast().reason()).isEqualTo("WRONG_PATIENT");
    assertThat(
            reader
                .post("/api/cases/" + id + "/reject", "{\"version\":1,\"code\":\"NONE\"}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void hostile_text_comes_back_as_the_text_it_is() {
    var name = "<img src=x onerror=alert(1)>";
    var body =
        """
        {"patient":{"familyName":"%s","givenName":"'; drop table reading.person; --"},
         "request":{"specialty":"RADIOLOGY","urgency":"URGENT","bodyPart":"CHEST",
                    "question":"</script><script>1</script>","expectXray":true}}
        """
            .formatted(name.replace("=", ""));

    var made = clinic.post("/api/cases", body);

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    assertThat(json(made).at("/patientDetails/familyName").asString())
        .isEqualTo(name.replace("=", ""));
    assertThat(json(made).at("/request/question").asString())
        .isEqualTo("</script><script>1</script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"patient\":{},\"request\":{}}",
        "{\"patient\":{\"familyName\":\"A^B\"},\"request\":{\"specialty\":\"RADIOLOGY\",\"urgency\":\"ROUTINE\"}}",
        "{\"patient\":{\"familyName\":\"A\",\"birthDate\":\"2999-01-01\"},\"request\":{\"specialty\":\"RADIOLOGY\",\"urgency\":\"ROUTINE\"}}",
        "{\"patient\":{\"familyName\":\"A\"},\"request\":{\"specialty\":\"SURGERY\",\"urgency\":\"ROUTINE\"}}",
        "{\"patient\":{\"familyName\":\"A\\u0000\"},\"request\":{\"specialty\":\"RADIOLOGY\",\"urgency\":\"ROUTINE\"}}",
        "not json"
      })
  void a_wrong_form_is_refused_without_repeating_it(String body) {
    var answer = clinic.post("/api/cases", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("next").asString()).isNotBlank();
    assertThat(answer.body()).doesNotContain("SURGERY").doesNotContain("A^B");
  }

  @Test
  void pages_of_a_list_neither_repeat_nor_miss_a_case() {
    for (int i = 0; i < 7; i++) {
      waiting();
    }
    var seen = new java.util.ArrayList<String>();
    var path = "/api/cases?state=WAITING&limit=3";
    for (String next = ""; next != null; ) {
      var page = ok(clinic.get(path + (next.isEmpty() ? "" : "&cursor=" + next)));
      page.get("items").forEach(item -> seen.add(item.get("id").asString()));
      next = page.get("next").isNull() ? null : page.get("next").asString();
    }

    assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(7);
    assertThat(seen)
        .hasSize(
            sql.sql(
                    "select count(*) from reading.case_file where site_id = ? and state = 'WAITING'")
                .param(clinicPerson.siteId())
                .query(Integer.class)
                .single());
    assertThat(clinic.get("/api/cases?cursor=forged").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update reading.case_event set text = 'x'",
        "delete from reading.case_event",
        "truncate reading.case_event"
      })
  void the_history_refuses_to_be_changed(String statement) {
    waiting();

    assertThatThrownBy(() -> sql.sql(statement).update()).isInstanceOf(DataAccessException.class);
  }

  @Test
  void the_projection_is_what_the_history_leads_to() {
    var file = waiting();
    made.append(file.id(), readerPerson.id(), CaseEventKind.CLAIMED, CaseEventKind.RELEASED);

    var history = cases.history(file.id());
    var state = CaseTransitions.birth(history.getFirst().kind());
    for (var event : history.subList(1, history.size())) {
      state = CaseTransitions.next(state, event.kind()).orElseThrow();
      assertThat(event.state()).isEqualTo(state);
    }

    var now = cases.visible(file.id(), clinicPerson);
    assertThat(now.state()).isEqualTo(state);
    assertThat(now.eventCount()).isEqualTo(history.size());
    assertThat(now.version()).isEqualTo(history.getLast().version());
  }

  @Test
  void whoever_opens_or_lists_cases_is_in_the_trail() {
    var id = waiting().id();
    ok(clinic.get("/api/cases/" + id));
    ok(clinic.get("/api/cases"));

    assertThat(
            sql.sql(
                    "select count(*) from reading.audit_event where object_id = ? and person_id = ?")
                .params(id.toString(), clinicPerson.id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(
            sql.sql(
                    "select count(*) from reading.audit_event where kind = 'QUERY' and person_id = ?")
                .param(clinicPerson.id())
                .query(Long.class)
                .single())
        .isPositive();
  }

  private CaseFile waiting() {
    return made.waiting(
        java.util.Objects.requireNonNull(clinicPerson.siteId()),
        clinicPerson.id(),
        TestCases.request(Specialty.RADIOLOGY, Urgency.URGENT));
  }

  private static JsonNode ok(java.net.http.HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  private static java.util.List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
  }
}
