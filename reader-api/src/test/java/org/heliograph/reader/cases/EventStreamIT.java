package org.heliograph.reader.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

@HubTest
@Import(TestCases.class)
class EventStreamIT {
  @LocalServerPort private int port;
  @Autowired private TestCases made;
  @Autowired private People people;
  @Autowired private Sites sites;

  @Test
  void a_page_hears_of_the_cases_it_may_see_and_never_which_others_changed() throws Exception {
    var own = Objects.requireNonNull(TestPeople.site(sites, "SSE").id());
    var other = TestPeople.site(sites, "SSE2").id();
    var clinic = TestPeople.person(people, "sse-clinic", Role.CLINIC, null, own);
    TestPeople.person(people, "sse-other", Role.CLINIC, null, other);
    TestPeople.person(people, "sse-derm", Role.READER, Specialty.DERMATOLOGY, null);
    try (var http = HttpClient.newHttpClient()) {
      var mine = listen(http, "sse-clinic");
      var others = listen(http, "sse-other");
      var derm = listen(http, "sse-derm");

      var id =
          made.waiting(own, clinic.id(), TestCases.request(Specialty.RADIOLOGY, Urgency.URGENT))
              .id();

      await().until(() -> mine.stream().anyMatch(line -> line.contains(id.toString())));
      assertThat(mine).contains("event:case", "event:worklist");
      await().until(() -> derm.contains("event:worklist"));
      assertThat(others).noneMatch(line -> line.contains(id.toString()));
      assertThat(derm).noneMatch(line -> line.contains(id.toString()));
      assertThat(String.join("\n", mine)).doesNotContain("Okafor");
      http.shutdownNow();
    }
  }

  @Test
  void without_a_session_there_is_no_stream() {
    assertThat(new WebClient(port).get("/api/events").statusCode()).isEqualTo(401);
  }

  private List<String> listen(HttpClient http, String login) {
    var web = new WebClient(port);
    web.signIn(login, TestPeople.PASSWORD);
    var lines = new CopyOnWriteArrayList<String>();
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events"))
            .header(
                "Cookie", "HELIOGRAPH_SESSION=" + web.cookie("HELIOGRAPH_SESSION").orElseThrow())
            .header("Accept", "text/event-stream")
            .build();
    Thread.ofVirtual()
        .start(() -> {
          try {
            http.send(request, BodyHandlers.ofLines()).body().forEach(lines::add);
          } catch (java.io.IOException | java.io.UncheckedIOException e) {
            lines.add("closed");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    await().until(() -> lines.contains(":open"));
    return lines;
  }
}
