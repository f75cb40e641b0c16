package org.heliograph.reader.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.HubProcess;
import org.heliograph.reader.WebClient;
import org.heliograph.reader.postgres.LocalPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The administration commands and the set-up link beside a hub with its own database. */
class AdminOfHubIT {
  private static final String PASSWORD = "a long enough one";

  @TempDir private Path folder;

  @Test
  void the_first_start_prints_a_link_that_makes_one_administrator() throws Exception {
    try (HubProcess hub = new HubProcess(folder)) {
      hub.start();
      String token = onlyLink(hub.output());
      WebClient web = new WebClient(hub.httpPort());
      web.get("/api/session");

      assertThat(setUp(web, token, "root").statusCode()).isEqualTo(201);
      HttpResponse<String> again = setUp(web, token, "second");

      assertThat(again.statusCode()).isEqualTo(403);
      assertThat(again.body()).contains("TR-0017");
      assertThat(new WebClient(hub.httpPort()).signIn("root", PASSWORD).statusCode())
          .isEqualTo(200);
      assertThat(hub.log()).noneMatch(line -> line.contains(token));
      assertThat(hub.stop()).isZero();

      hub.start();
      assertThat(onlyLink(hub.output())).as("no other at the second start").isEqualTo(token);
      assertThat(new WebClient(hub.httpPort()).signIn("root", PASSWORD).statusCode())
          .isEqualTo(200);
      assertThat(hub.stop()).isZero();
      assertThat(LocalPostgres.running(hub.data())).isEmpty();
    }
  }

  @Test
  void a_stopped_hub_is_set_up_and_a_running_one_hears_of_changes_at_once() throws Exception {
    try (HubProcess hub = new HubProcess(folder)) {
      assertThat(admin(hub, "", "site", "add", "HILL", "--name", "Hill").code())
          .isEqualTo(ExitCode.OK);
      assertThat(LocalPostgres.running(hub.data())).as("stopped again").isEmpty();
      assertThat(
              admin(
                      hub,
                      PASSWORD,
                      "user",
                      "add",
                      "bo",
                      "--role",
                      "COORDINATOR",
                      "--name",
                      "Bo",
                      "--password-stdin")
                  .code())
          .isEqualTo(ExitCode.OK);

      hub.start();
      assertThat(hub.output())
          .as("somebody can sign in")
          .noneMatch(line -> line.contains("/setup"));
      assertThat(admin(hub, "", "ae", "add", "HILL", "HILL_CT").code()).isEqualTo(ExitCode.OK);
      CtStudies.Slice slice = CtStudies.interleaved(1, 1, 64).getFirst();
      try (StorageScu scu =
          StorageScu.to(
                  "127.0.0.1", hub.dicomPort(), new AeTitle("HILL_CT"), new AeTitle("HELIOGRAPH"))
              .propose(CtStudies.SOP_CLASS, CtStudies.SYNTAX)
              .open()) {
        assertThat(
                scu.store(CtStudies.SOP_CLASS, slice.instance(), CtStudies.SYNTAX, slice.source())
                    .hex())
            .isEqualTo("0000");
        scu.release();
      }
      JsonNode held = admin(hub, "", "stats").json().get("archive");
      assertThat(held.get("studies").asInt()).isEqualTo(1);
      assertThat(held.get("instances").asInt()).isEqualTo(1);
      assertThat(held.get("bytes").asLong()).isGreaterThan(64 * 64 * 2);

      WebClient web = new WebClient(hub.httpPort());
      assertThat(web.signIn("bo", PASSWORD).statusCode()).isEqualTo(200);
      String made =
          admin(hub, "", "password", "reset", "bo", "--json").json().get("password").asString();
      assertThat(new WebClient(hub.httpPort()).signIn("bo", PASSWORD).statusCode()).isEqualTo(401);
      assertThat(new WebClient(hub.httpPort()).signIn("bo", made).statusCode()).isEqualTo(200);
      assertThat(hub.stop()).isZero();

      assertThat(admin(hub, "", "user", "list").out()).isEqualTo("bo  COORDINATOR  Bo\n");
      assertThat(LocalPostgres.running(hub.data())).isEmpty();
    }
  }

  private static AdminRun admin(HubProcess hub, String input, String... command) {
    return AdminRun.of(
        Map.of("HELIOGRAPH_DATA", hub.data().root().toString()), input, List.of(command));
  }

  private static String onlyLink(List<String> output) {
    List<String> links = output.stream().filter(line -> line.contains("/setup#")).toList();
    assertThat(links).hasSize(1);
    return links.getFirst().substring(links.getFirst().indexOf('#') + 1);
  }

  private static HttpResponse<String> setUp(WebClient web, String token, String login) {
    return web.post(
        "/api/setup",
        """
        {"token": "%s", "login": "%s", "displayName": "Root", "password": "%s"}
        """
            .formatted(token, login, PASSWORD));
  }
}
