package org.heliograph.reader.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.heliograph.reader.settings.DataFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {
  private static final String WORKING =
      "select count(*) from pg_stat_activity where state = 'active' and query like '%series%'"
          + " and pid <> pg_backend_pid()";

  @TempDir private Path temporary;
  private DataFolder folder;

  @BeforeEach
  void reachable_by_the_unprivileged_user() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder = new DataFolder(temporary.resolve("data")).create();
  }

  @Test
  void starts_durable_and_keeps_what_was_committed() throws Exception {
    try (LocalPostgres server = LocalPostgres.start(folder)) {
      assertThat(ask(server, "show fsync")).isEqualTo("on");
      assertThat(ask(server, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(server, "show data_checksums")).isEqualTo("on");
      assertThat(ask(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(server, "show server_encoding")).isEqualTo("UTF8");
      assertThat(ask(server, "select lower('ÅÉЖ')")).isEqualTo("åéж");
      execute(server, "create table kept as select 42 as answer");
    }
    assertThat(LocalPostgres.running(folder)).isEmpty();

    try (LocalPostgres again = LocalPostgres.start(folder)) {
      assertThat(again.adopted()).isFalse();
      assertThat(ask(again, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void takes_over_a_server_that_outlived_its_hub() throws Exception {
    LocalPostgres outlived = LocalPostgres.start(folder);
    execute(outlived, "create table kept as select 42 as answer");

    try (LocalPostgres next = LocalPostgres.start(folder)) {
      assertThat(next.adopted()).isTrue();
      assertThat(ask(next, "select answer from kept")).isEqualTo("42");
      assertThat(LocalPostgres.running(folder)).isPresent();
    }
    assertThat(LocalPostgres.running(folder)).isEmpty();
  }

  @Test
  void starts_again_after_the_server_itself_was_killed_at_work() throws Exception {
    LocalPostgres killed = LocalPostgres.start(folder);
    execute(killed, "create table kept as select 42 as answer");
    try (Connection busy = connect(killed);
        Statement statement = busy.createStatement()) {
      Thread work =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  statement.execute("select count(*) from generate_series(1, 8000000)");
                } catch (SQLException e) {
                  // Its server is killed.
                }
              });
      await("the query runs").until(() -> ask(killed, WORKING).equals("1"));
      ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();

      try (LocalPostgres next = LocalPostgres.start(folder)) {
        assertThat(next.adopted()).isFalse();
        assertThat(ask(next, "select answer from kept")).isEqualTo("42");
      }
      work.join();
    }
  }

  @Test
  void is_not_fooled_by_the_lock_file_of_a_former_boot() throws Exception {
    LocalPostgres.start(folder).close();
    Path lock = folder.postgres().resolve("cluster/postmaster.pid");
    Files.writeString(
        lock, ProcessHandle.current().pid() + "\n/nowhere\n1\n5432\n\n127.0.0.1\n\nready\n");

    try (LocalPostgres server = LocalPostgres.start(folder)) {
      assertThat(server.adopted()).isFalse();
      assertThat(ask(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void lets_nobody_in_without_the_password() {
    try (LocalPostgres server = LocalPostgres.start(folder)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.access().url(), "heliograph", "wrong"))
          .isInstanceOf(SQLException.class);
      assertThat(server.access()).hasToString("DatabaseAccess[***]");
    }
  }

  @Test
  void keeps_the_password_for_its_own_user_only() throws Exception {
    try (LocalPostgres server = LocalPostgres.start(folder)) {
      Path file = folder.secrets().resolve("postgres.password");
      assertThat(server.access().password()).hasSizeGreaterThan(40);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  private long postmaster() throws IOException {
    Path lock = folder.postgres().resolve("cluster/postmaster.pid");
    return Long.parseLong(Files.readAllLines(lock).getFirst().strip());
  }

  private static String ask(LocalPostgres server, String question) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(LocalPostgres server, String command) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static Connection connect(LocalPostgres server) throws SQLException {
    DatabaseAccess access = server.access();
    return DriverManager.getConnection(access.url(), access.user(), access.password());
  }
}
