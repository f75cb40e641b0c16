package org.heliograph.reader.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@HubTest
class SessionIT {
  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private Sites sites;
  @Autowired private JdbcClient sql;
  private WebClient web;

  @BeforeEach
  void person() {
    web = new WebClient(port);
    TestPeople.person(people, "nurse", Role.CLINIC, null, TestPeople.site(sites, "north").id());
  }

  @Test
  void signs_in_and_says_who_it_is() {
    HttpResponse<String> answer = web.signIn("Nurse", TestPeople.PASSWORD);

    assertThat(answer.statusCode()).isEqualTo(200);
    var person = WebClient.json(web.get("/api/session")).path("person");
    assertThat(person.path("login").asString()).isEqualTo("nurse");
    assertThat(person.path("site").path("code").asString()).isEqualTo("north");
    assertThat(person.path("specialty").isNull()).isTrue();
  }

  @Test
  void gives_the_session_a_new_id_and_a_cookie_that_scripts_cannot_read() {
    HttpResponse<String> answer = web.signIn("nurse", TestPeople.PASSWORD);

    assertThat(answer.headers().allValues("Set-Cookie"))
        .anySatisfy(cookie ->
            assertThat(cookie).contains("HELIOGRAPH_SESSION=", "HttpOnly", "SameSite=Lax"));
  }

  @Test
  void first_answer_without_a_session_is_401_and_sets_the_csrf_cookie() {
    HttpResponse<String> answer = web.get("/api/session");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(WebClient.json(answer).path("code").asString()).isEqualTo("TR-0010");
    assertThat(web.cookie("XSRF-TOKEN")).isPresent();
  }

  @Test
  void refuses_an_unsafe_request_without_the_csrf_header() {
    web.signIn("nurse", TestPeople.PASSWORD);

    HttpResponse<String> answer = web.send("DELETE", "/api/session", null, false);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(WebClient.json(answer).path("code").asString()).isEqualTo("TR-0013");
  }

  @Test
  void wrong_password_and_unknown_name_answer_alike() {
    HttpResponse<String> wrong = web.signIn("nurse", "wrong password");
    HttpResponse<String> unknown = web.signIn("nobody-here", "wrong password");

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
  }

  @Test
  void five_wrong_passwords_pause_the_name() {
    TestPeople.person(people, "hasty", Role.COORDINATOR, null, null);
    for (int i = 0; i < AttemptLimit.FAILURES; i++) {
      assertThat(web.signIn("hasty", "wrong password").statusCode()).isEqualTo(401);
    }

    HttpResponse<String> answer = web.signIn("hasty", TestPeople.PASSWORD);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(WebClient.json(answer).path("code").asString()).isEqualTo("TR-0012");
  }

  @Test
  void sign_out_ends_the_session() {
    web.signIn("nurse", TestPeople.PASSWORD);

    assertThat(web.delete("/api/session").statusCode()).isEqualTo(204);
    assertThat(web.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void a_person_who_is_switched_off_loses_access_at_once() {
    TestPeople.person(people, "leaver", Role.COORDINATOR, null, null);
    web.signIn("leaver", TestPeople.PASSWORD);

    sql.sql("update reading.person set active = false where login = 'leaver'").update();

    assertThat(web.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void sign_ins_are_on_the_audit_trail_without_what_was_typed() {
    web.signIn("nurse", TestPeople.PASSWORD);
    web.signIn("typed-my-password-here", "x");

    assertThat(
            sql.sql(
                    "select count(*) from reading.audit_event where detail = 'SIGN_IN' and actor = 'nurse' and outcome = 0")
                .query(Integer.class)
                .single())
        .isPositive();
    assertThat(
            sql.sql("select count(*) from reading.audit_event where actor like 'typed%'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void malformed_bodies_are_problems_that_repeat_nothing() {
    web.get("/api/session");

    HttpResponse<String> broken = web.post("/api/session", "{\"login\": \"<b>secret");
    HttpResponse<String> missing = web.post("/api/session", "{\"login\": \"nurse\"}");

    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(broken.body()).contains("TR-0001").doesNotContain("secret");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("TR-0002", "password");
  }

  @Test
  void every_answer_carries_the_security_headers() {
    for (String path : new String[] {"/api/session", "/", "/nothing", "/api/health"}) {
      var headers = web.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
  }

  @Test
  void nothing_under_api_or_dicomweb_answers_without_a_session() {
    for (String path :
        new String[] {"/api/cases", "/api/nothing", "/dicomweb/studies", "/api/referrers?q=a"}) {
      assertThat(web.get(path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(web.get("/actuator/health").statusCode()).isEqualTo(404);
  }

  @Test
  void referrers_are_found_by_a_part_of_their_name() {
    TestPeople.person(people, "dr-diop", Role.REFERRER, null, null);
    web.signIn("nurse", TestPeople.PASSWORD);

    var found = WebClient.json(web.get("/api/referrers?q=DIOP"));

    assertThat(found.size()).isEqualTo(1);
    assertThat(found.get(0).path("displayName").asString()).isEqualTo("Person dr-diop");
  }
}
