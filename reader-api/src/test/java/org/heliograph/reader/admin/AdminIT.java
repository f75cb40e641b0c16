package org.heliograph.reader.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** The administration commands against a database of their own, empty before each test. */
class AdminIT {
  private static final byte[] LOGO =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  @TempDir private Path folder;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void an_empty_database() {
    environment =
        Map.of(
            "HELIOGRAPH_DATABASE_URL",
            TestDatabase.createUrl(),
            "HELIOGRAPH_DATABASE_USER",
            "postgres",
            "HELIOGRAPH_DATA",
            folder.resolve("unused").toString());
  }

  @Test
  void storage_is_told_of_and_what_cannot_be_moved_is_refused() {
    AdminRun status = run("blobs", "status", "--json");
    AdminRun migrate = run("blobs", "migrate", "--rate", "1000000");
    AdminRun drop = run("blobs", "drop-source");
    AdminRun scrub = run("scrub", "status", "--json");

    assertThat(status.json().get("state").asString()).isEqualTo("NONE");
    assertThat(status.json().get("waiting").asLong()).isZero();
    assertThat(migrate.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(migrate.err()).contains("TR-0040");
    assertThat(drop.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(drop.err()).contains("TR-0041");
    assertThat(scrub.json().get("openFindings").asLong()).isZero();
    assertThat(run("blobs", "migrate", "--rate", "fast").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("stats").json().at("/archive/integrityFindings").asLong()).isZero();
  }

  @Test
  void a_token_is_told_once_and_revoked() {
    run("site", "add", "HILL", "--name", "Hill Clinic");
    String[] add = {"token", "add", "ct room 1", "--site", "hill", "--may", "dicomweb-store"};
    AdminRun added = run(add);
    AdminRun again = run(add);
    AdminRun second =
        run(
            "token",
            "add",
            "viewer",
            "--person",
            "hill-programs",
            "--may",
            "dicomweb-read,DICOMWEB-STORE",
            "--expires",
            "30d",
            "--json");

    assertThat(added.code()).as(added.err()).isEqualTo(ExitCode.OK);
    assertThat(added.out()).containsPattern("token  hgt_[A-Za-z0-9_-]{43} ");
    assertThat(again.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(again.err()).contains("TR-0073");
    assertThat(second.json().get("token").asString()).startsWith("hgt_");
    assertThat(second.json().get("expiresAt").isNull()).isFalse();
    assertThat(run("token", "list").out())
        .doesNotContain("hgt_")
        .contains("ct room 1  hill-programs  dicomweb-store  good  expires never  used never\n");
    assertThat(run("token", "revoke", "ct room 1").code()).isEqualTo(ExitCode.OK);
    assertThat(run("token", "revoke", "ct room 1").err()).contains("TR-0074");
    assertThat(run("token", "list").out())
        .contains("ct room 1  hill-programs  dicomweb-store  rev");
    for (String wrong : List.of("2001-01-01", "0d", "soon")) {
      assertThat(
              run(
                      "token",
                      "add",
                      "x",
                      "--site",
                      "HILL",
                      "--may",
                      "dicomweb-read",
                      "--expires",
                      wrong)
                  .code())
          .isEqualTo(ExitCode.USAGE);
    }
    assertThat(run("token", "add", "x", "--site", "HILL", "--may", "all").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("token", "add", "x", "--may", "dicomweb-read").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_site_is_added_once_and_listed() {
    AdminRun none = run("site", "list");
    AdminRun added =
        run("site", "add", "HILL", "--name", "Hill Clinic", "--address", "Hill Road 1", "--json");
    AdminRun again = run("site", "add", "hill", "--name", "Another name");

    assertThat(none.out()).isEqualTo("none yet\n");
    assertThat(added.code()).isEqualTo(ExitCode.OK);
    assertThat(added.json().get("created").asBoolean()).isTrue();
    assertThat(added.json().get("defaultSpecialty").asString()).isEqualTo("RADIOLOGY");
    assertThat(again.code()).isEqualTo(ExitCode.OK);
    assertThat(again.out()).startsWith("exists  HILL  Hill Clinic");
    JsonNode listed = run("site", "list", "--json").json();
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).get("address").asString()).isEqualTo("Hill Road 1");
    assertThat(run("site", "list").out()).isEqualTo("HILL  Hill Clinic  \n");
  }

  @Test
  void an_ae_title_belongs_to_one_site() {
    run("site", "add", "HILL", "--name", "Hill Clinic");
    run("site", "add", "LAKE", "--name", "Lake Clinic", "--specialty", "dermatology");

    AdminRun added = run("ae", "add", "HILL", "HILL_CT", "--json");
    AdminRun again = run("ae", "add", "HILL", "HILL_CT");
    AdminRun taken = run("ae", "add", "LAKE", "HILL_CT");
    AdminRun tooLong = run("ae", "add", "HILL", "SEVENTEEN_LETTERS");
    AdminRun nowhere = run("ae", "add", "SEA", "SEA_CT");

    assertThat(added.json().get("aeTitles").get(0).asString()).isEqualTo("HILL_CT");
    assertThat(again.code()).isEqualTo(ExitCode.OK);
    assertRefused(taken, "TR-0020");
    assertThat(taken.err()).contains("HILL");
    assertThat(tooLong.code()).isEqualTo(ExitCode.REFUSED);
    assertRefused(nowhere, "TR-0019");
  }

  @Test
  void an_ae_title_has_an_address_and_rights_until_it_is_removed() {
    run("site", "add", "HILL", "--name", "Hill Clinic");
    run("ae", "add", "HILL", "HILL_CT");
    run("ae", "add", "HILL", "HILL_VIEW", "--host", "192.0.2.7", "--port", "104", "--tls");
    AdminRun without = run("ae", "add", "HILL", "HILL_PC", "--may", "query,receive");

    JsonNode entities = run("ae", "list", "--json").json();

    assertThat(without.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(entities.get(0).get("rights").toString())
        .isEqualTo("[\"STORE\",\"QUERY\",\"RETRIEVE\"]");
    assertThat(entities.size()).isEqualTo(2);
    assertThat(entities.get(1).get("host").asString()).isEqualTo("192.0.2.7");
    assertThat(entities.get(1).get("port").asInt()).isEqualTo(104);
    assertThat(entities.get(1).get("tls").asBoolean()).isTrue();
    assertThat(entities.get(1).get("rights").toString()).contains("RECEIVE");

    run("ae", "add", "HILL", "HILL_VIEW", "--may", "store");
    run("ae", "remove", "HILL_CT");
    JsonNode fewer = run("ae", "list", "--json").json();

    assertThat(fewer.size()).isEqualTo(1);
    assertThat(fewer.get(0).get("rights").toString()).isEqualTo("[\"STORE\"]");
    assertThat(run("ae", "remove", "HILL_CT").code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void a_class_of_a_maker_is_registered_and_removed() {
    AdminRun added = run("storage-class", "add", "1.2.826.0.1.3680043.9.1", "--name", "Raw");
    run("storage-class", "add", "1.2.826.0.1.3680043.9.2");

    assertThat(added.code()).isEqualTo(ExitCode.OK);
    assertThat(run("storage-class", "add", "raw").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run("storage-class", "add", "1.2.840.10008.1.1").code())
        .as("verification is not for storage")
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("storage-class", "add", "1.2.840.10008.5.1.4.1.1.2").code())
        .as("CT images are stored anyway")
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("storage-class", "remove", "1.2.826.0.1.3680043.9.2").code())
        .isEqualTo(ExitCode.OK);
    JsonNode all = run("storage-class", "list", "--json").json();
    assertThat(all.size()).isEqualTo(1);
    assertThat(all.get(0).get("name").asString()).isEqualTo("Raw");
  }

  @Test
  void commitments_are_listed_and_parked_ones_tried_again() {
    run("site", "add", "HILL", "--name", "Hill Clinic");
    JdbcClient sql =
        JdbcClient.create(
            new DriverManagerDataSource(
                Objects.requireNonNull(environment.get("HELIOGRAPH_DATABASE_URL")),
                "postgres",
                ""));
    sql.sql(
            """
            insert into reading.storage_commitment
              (site_id, ae_title, transaction_uid, sop_class_uids, sop_instance_uids, state,
               attempt, due_at, last_error_code)
            select id, 'HILL_CT', '1.2.3', '{1.2}', '{1.2.4}', 'PARKED', 46, now(), 'UNREACHABLE'
            from reading.site where code = 'HILL'
            """)
        .update();

    assertThat(run("commitment", "list").out()).contains("PARKED  HILL_CT  1.2.3  instances 1");
    assertThat(run("stats").json().get("storageCommitments").get("PARKED").asInt()).isEqualTo(1);
    assertThat(run("commitment", "retry", "9.9").code()).isEqualTo(ExitCode.REFUSED);
    JsonNode open = run("commitment", "retry", "1.2.3", "--json").json();
    assertThat(open.get(0).get("state").asString()).isEqualTo("PENDING");
    assertThat(open.get(0).get("attempts").asInt()).isZero();
  }

  @Test
  void one_site_takes_unknown_ae_titles() {
    run("site", "add", "HILL", "--name", "Hill Clinic", "--allow-unknown-ae");
    run("site", "add", "LAKE", "--name", "Lake Clinic", "--allow-unknown-ae");

    JsonNode sites = run("site", "list", "--json").json();

    assertThat(sites.get(0).get("allowUnknownAe").asBoolean()).isFalse();
    assertThat(sites.get(1).get("allowUnknownAe").asBoolean()).isTrue();
  }

  @Test
  void a_logo_is_a_small_png_or_jpeg() throws Exception {
    Path logo = Files.write(folder.resolve("logo.png"), LOGO);
    Path text = Files.writeString(folder.resolve("logo.txt"), "not a picture, but long enough");
    byte[] large = new byte[300_000];
    System.arraycopy(LOGO, 0, large, 0, LOGO.length);
    Path tooLarge = Files.write(folder.resolve("large.png"), large);

    AdminRun added = add("HILL", logo);
    AdminRun missing = add("LAKE", folder.resolve("missing.png"));

    assertThat(added.code()).isEqualTo(ExitCode.OK);
    assertThat(add("HILL", text).code()).isEqualTo(ExitCode.REFUSED);
    assertThat(add("HILL", tooLarge).code()).isEqualTo(ExitCode.REFUSED);
    assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("missing.png");
    assertThat(run("site", "list", "--json").json()).as("no half-made site").hasSize(1);
  }

  @Test
  void a_person_gets_a_password_made_up_or_given() {
    run("site", "add", "HILL", "--name", "Hill Clinic");

    AdminRun nurse =
        run(
            "user", "add", "amina", "--role", "clinic", "--name", "Amina", "--site", "HILL",
            "--json");
    AdminRun again =
        run("user", "add", "AMINA", "--role", "CLINIC", "--name", "Other", "--site", "HILL");
    AdminRun reader =
        withInput(
            "a long enough one\n",
            "user",
            "add",
            "chen",
            "--role",
            "READER",
            "--specialty",
            "RADIOLOGY",
            "--name",
            "陈 医生",
            "--credentials",
            "MD",
            "--password-stdin");

    assertThat(nurse.json().get("password").asString()).hasSize(20);
    assertThat(nurse.json().get("site").asString()).isEqualTo("HILL");
    assertThat(again.code()).isEqualTo(ExitCode.OK);
    assertThat(again.out()).startsWith("exists  amina").doesNotContain("password");
    assertThat(reader.out()).isEqualTo("added  chen  READER  陈 医生\n");
    assertThat(run("user", "list").out()).isEqualTo("amina  CLINIC  Amina\nchen  READER  陈 医生\n");
    assertThat(run("user", "list", "--json").out())
        .contains("\"login\" : \"chen\"")
        .doesNotContain("password");
  }

  @Test
  void a_person_that_cannot_be_is_refused() {
    assertRefused(
        withInput(
            "short\n",
            "user",
            "add",
            "bo",
            "--role",
            "COORDINATOR",
            "--name",
            "Bo",
            "--password-stdin"),
        "TR-0016");
    assertRefused(
        run("user", "add", "bo", "--role", "CLINIC", "--name", "Bo", "--site", "SEA"), "TR-0019");
    assertThat(run("user", "add", "bo", "--role", "CLINIC", "--name", "Bo").code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("user", "add", "bo", "--role", "READER", "--name", "Bo").code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("user", "add", "b o", "--role", "COORDINATOR", "--name", "Bo").code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(run("user", "list").out()).isEqualTo("none yet\n");
  }

  @Test
  void a_password_is_reset() {
    run("user", "add", "bo", "--role", "COORDINATOR", "--name", "Bo");

    AdminRun made = run("password", "reset", "bo", "--json");
    AdminRun given = withInput("another long one\n", "password", "reset", "bo", "--password-stdin");

    assertThat(made.json().get("password").asString()).hasSize(20);
    assertThat(given.code()).isEqualTo(ExitCode.OK);
    assertThat(given.out()).isEqualTo("password set for bo\n");
    assertRefused(run("password", "reset", "nobody"), "TR-0022");
    assertRefused(withInput("", "password", "reset", "bo", "--password-stdin"), "TR-0016");
  }

  @Test
  void statistics_are_json_without_being_asked() {
    run("site", "add", "HILL", "--name", "Hill Clinic");
    run("ae", "add", "HILL", "HILL_CT");
    run("user", "add", "bo", "--role", "COORDINATOR", "--name", "Bo");

    JsonNode all = run("stats").json();

    assertThat(all.get("sites").asInt()).isEqualTo(1);
    assertThat(all.get("aeTitles").asInt()).isEqualTo(1);
    assertThat(all.get("people").get("COORDINATOR").asInt()).isEqualTo(1);
    assertThat(all.get("casesBySite").get("HILL").asInt()).isZero();
    assertThat(all.get("archive").get("instances").asInt()).isZero();
    assertThat(all.get("archive").get("bytes").asLong()).isZero();
    assertThat(all.get("auditEvents").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'', heliograph admin COMMAND",
    "frobnicate, Unknown command: frobnicate",
    "site, Unknown command: site",
    "site remove HILL, Unknown command: site remove",
    "stats all, Unknown command: stats all",
    "--json, No command is given",
    "site add, The command needs a site code",
    "site add HILL, The option --name is needed",
    "site add HILL LAKE --name Hill, The command does not take: LAKE",
    "site add HILL --name, The option --name needs a value",
    "site add HILL --name Hill --specialty SURGERY, --specialty",
    "site list --colour, Unknown option: --colour",
    "ae add HILL, The command needs an AE title",
    "user add bo --role CHIEF --name Bo, --role",
    "user add bo --name Bo, The option --role is needed",
    "password reset, The command needs a login name",
    "stats --http-port many, --http-port",
  })
  void wrong_arguments_are_answered_two(String line, String message) {
    AdminRun run = run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err() + run.out()).contains(message);
  }

  @Test
  void a_slip_of_the_pen_makes_no_data_folder() {
    AdminRun run =
        AdminRun.of(Map.of(), "", List.of("frobnicate", "--data", folder.resolve("d").toString()));

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("d")).doesNotExist();
  }

  @Test
  void help_is_an_answer() {
    AdminRun help = run("help");

    assertThat(help.code()).isEqualTo(ExitCode.OK);
    assertThat(help.out()).contains("password reset LOGIN", "--data DIR", "Exit codes");
    assertThat(run("site", "add", "--help").code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void a_database_that_does_not_answer_is_said() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    AdminRun run =
        AdminRun.of(
            Map.of("HELIOGRAPH_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + port + "/none"),
            "",
            List.of("stats"));

    assertThat(run.code()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).contains("database");
  }

  private AdminRun add(String code, Path logo) {
    return run("site", "add", code, "--name", code + " Clinic", "--logo", logo.toString());
  }

  private AdminRun run(String... arguments) {
    return withInput("", arguments);
  }

  private AdminRun withInput(String input, String... arguments) {
    return AdminRun.of(environment, input, List.of(arguments));
  }

  private static void assertRefused(AdminRun run, String code) {
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(run.err()).contains(code);
    assertThat(run.out()).isEmpty();
  }
}
