package org.heliograph.reader.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.heliograph.reader.HubTest;
import org.heliograph.reader.WebClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

@HubTest
@TestPropertySource(properties = "test.database=of-its-own")
@DirtiesContext
class SetupIT {
  @LocalServerPort private int port;
  @Autowired private SetupLinks links;
  @Autowired private JdbcClient sql;

  @Test
  void the_link_makes_one_administrator_once() {
    String token = links.issueIfNobody().orElseThrow();
    WebClient web = new WebClient(port);
    web.get("/api/session");

    assertThat(web.post("/api/setup", body("wrong" + token)).statusCode()).isEqualTo(403);
    assertThat(web.post("/api/setup", body(token)).statusCode()).isEqualTo(201);
    var again = web.post("/api/setup", body(token));

    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.body()).contains("TR-0017");
    assertThat(web.signIn("root", "a long enough one").statusCode()).isEqualTo(200);
    assertThat(links.issueIfNobody()).isEmpty();
    assertThat(
            sql.sql(
                    "select count(*) from reading.setup_link where encode(token_hash, 'escape') = ?")
                .param(token)
                .query(Integer.class)
                .single())
        .isZero();
  }

  private static String body(String token) {
    return """
    {"token": "%s", "login": "root", "displayName": "Root", "password": "a long enough one"}
    """
        .formatted(token);
  }
}
