package org.heliograph.reader.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What guessing passwords comes to, and what a new password ends. */
@HubTest
class PasswordAttemptsIT {
  @LocalServerPort private int port;
  @Autowired private People people;
  @Autowired private PasswordCheck check;
  @Autowired private JdbcClient sql;

  @Test
  void forty_guesses_at_once_are_five_guesses() throws Exception {
    var guess = "{\"login\":\"nobody-knows\",\"password\":\"wrong password\"}";
    var web = new WebClient(port);
    web.get("/api/session");
    var calls = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 40; i++) {
      calls.add(() -> web.post("/api/session", guess).statusCode());
    }

    var answers = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).filteredOn(status -> status == 401).hasSize(5);
    assertThat(answers).filteredOn(status -> status == 429).hasSize(35);
  }

  @Test
  void a_new_password_ends_the_sessions_of_the_old_one() {
    TestPeople.person(people, "new-password", Role.COORDINATOR, null, null);
    var web = new WebClient(port);
    web.signIn("new-password", TestPeople.PASSWORD);
    assertThat(web.get("/api/session").statusCode()).isEqualTo(200);

    people.setPassword("new-password", "another long password".toCharArray());

    assertThat(web.get("/api/session").statusCode()).isEqualTo(401);
    assertThat(web.get("/api/cases").statusCode()).isEqualTo(401);
    assertThat(web.signIn("new-password", "another long password").statusCode()).isEqualTo(200);
    assertThat(web.get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test
  void a_wrong_password_under_a_signature_is_on_record() {
    var reader = TestPeople.person(people, "signs-wrongly", Role.READER, Specialty.RADIOLOGY, null);

    assertThat(check.confirm(reader, "wrong password".toCharArray())).isFalse();

    assertThat(
            sql.sql(
                    """
                    select count(*) from reading.audit_event
                    where person_id = ? and outcome > 0 and detail = 'PASSWORD_AGAIN'
                    """)
                .param(reader.id())
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }
}
