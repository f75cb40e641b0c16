package org.heliograph.reader.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.heliograph.reader.backup.Manifest.Schema;
import org.heliograph.reader.backup.Manifest.Table;

/**
 * Puts the rows of a backup into an empty database: the program makes the schemas as they were, the
 * rows go in, and the program brings both to its own version. Until that has been committed the
 * database is an empty one.
 */
final class DatabaseLoad {
  private static final String FOREIGN_KEYS =
      """
      select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
      from pg_constraint
      where contype = 'f' and conparentid = 0
        and connamespace in (select oid from pg_namespace where nspname in ('archive', 'reading'))
      order by 1, 2
      """;

  private final DataSource database;

  DatabaseLoad(DataSource database) {
    this.database = database;
  }

  /** Told before the rows are committed, so that more can go with them. */
  interface Last {
    void run(Connection connection) throws SQLException, IOException;
  }

  /** Whether tables of the hub's are there and have rows. */
  boolean holdsRows(Manifest manifest) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (Table table : manifest.tables()) {
        if (is(statement, "select to_regclass('" + table.quoted() + "') is not null")
            && is(statement, "select exists (select 1 from " + table.quoted() + ")")) {
          return true;
        }
      }
      return false;
    }
  }

  /** Loads all tables; the database is not the hub's before this returns. */
  void run(Path generation, Manifest manifest, Last last) throws SQLException, IOException {
    makeSchemas(manifest);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      load(connection, generation, manifest);
      last.run(connection);
      connection.commit();
    }
    migrate(null);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("analyze");
    }
  }

  private void makeSchemas(Manifest manifest) throws SQLException, IOException {
    migrate(manifest);
    try (Connection connection = database.getConnection()) {
      for (Schema made : new TableFiles(connection).schemas()) {
        if (!manifest.schemas().contains(made)) {
          throw new BackupException(
              "The backup's schema "
                  + made.name()
                  + " was made by another version of Heliograph, which this one does not follow."
                  + " Restore with that version, then update.");
        }
      }
    }
  }

  private void migrate(@org.jspecify.annotations.Nullable Manifest manifest) throws IOException {
    for (Map.Entry<String, String> each : TableFiles.HISTORIES.entrySet()) {
      FluentConfiguration flyway =
          Flyway.configure()
              .dataSource(database)
              .locations("classpath:db/" + each.getKey())
              .schemas(each.getKey())
              .defaultSchema(each.getKey())
              .createSchemas(true)
              .table(each.getValue());
      if (manifest != null) {
        flyway.target(newest(manifest, each.getKey()));
      }
      try {
        flyway.load().migrate();
      } catch (FlywayException e) {
        throw new BackupException(
            "The schema "
                + each.getKey()
                + " cannot be made: "
                + e.getClass().getSimpleName()
                + ".");
      }
    }
  }

  private static MigrationVersion newest(Manifest manifest, String schema) throws IOException {
    return manifest.schemas().stream()
        .filter(each -> each.name().equals(schema))
        .flatMap(each -> each.migrations().keySet().stream())
        .map(MigrationVersion::fromVersion)
        .max(MigrationVersion::compareTo)
        .orElseThrow(() -> new BackupException("The backup has no schema " + schema + "."));
  }

  /** Foreign keys are made again at the end, which proves that every row refers to one. */
  private static void load(Connection connection, Path generation, Manifest manifest)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      List<String> constraints = new ArrayList<>();
      try (ResultSet row = statement.executeQuery(FOREIGN_KEYS)) {
        while (row.next()) {
          constraints.add(row.getString(1));
          constraints.add(row.getString(2));
          constraints.add(row.getString(3));
        }
      }
      for (int i = 0; i < constraints.size(); i += 3) {
        statement.execute(
            "alter table " + constraints.get(i) + " drop constraint " + constraints.get(i + 1));
      }
      TableFiles files = new TableFiles(connection);
      for (Table table : manifest.tables()) {
        statement.execute("alter table " + table.quoted() + " disable trigger user");
        // What the migrations put there is in the backup too.
        statement.execute("delete from " + table.quoted());
        files.load(table, generation);
        statement.execute("alter table " + table.quoted() + " enable trigger user");
      }
      for (int i = 0; i < constraints.size(); i += 3) {
        statement.execute(
            "alter table "
                + constraints.get(i)
                + " add constraint "
                + constraints.get(i + 1)
                + " "
                + constraints.get(i + 2));
      }
      for (Map.Entry<String, Long> sequence : manifest.sequences().entrySet()) {
        statement.execute(
            "select setval('" + sequence.getKey() + "', " + sequence.getValue() + ")");
      }
    }
  }

  private static boolean is(Statement statement, String question) throws SQLException {
    try (ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }
}
