package org.heliograph.reader.admin;

import java.nio.file.Files;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.heliograph.archive.Archive;
import org.heliograph.reader.CannotStartException;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.postgres.DatabaseAccess;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.settings.FolderLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The hub's database for one command: the given one, that of the hub that runs on the data folder,
 * or its own, started for the command and stopped after it.
 */
public final class AdminDatabase implements AutoCloseable {
  private final DatabaseAccess access;
  private final DataSource source;
  private final @Nullable LocalPostgres started;
  private final @Nullable FolderLock lock;

  private AdminDatabase(
      DatabaseAccess access, @Nullable LocalPostgres started, @Nullable FolderLock lock) {
    this.access = access;
    this.source = new DriverManagerDataSource(access.url(), access.user(), access.password());
    this.started = started;
    this.lock = lock;
  }

  /**
   * Opens it, with the schemas of this program.
   *
   * @throws CannotStartException with a message for the operator
   */
  public static AdminDatabase open(HubOptions options) {
    DatabaseAccess given = options.database();
    if (given != null) {
      return new AdminDatabase(given, null, null).migrated();
    }
    DataFolder data = options.data();
    if (Files.isDirectory(data.root())) {
      Optional<DatabaseAccess> running = LocalPostgres.running(data);
      if (running.isPresent()) {
        return new AdminDatabase(running.get(), null, null).migrated();
      }
    }
    data.create();
    FolderLock lock = FolderLock.take(data);
    try {
      LocalPostgres server = LocalPostgres.start(data);
      return new AdminDatabase(server.access(), server, lock).migrated();
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** How it is reached, for those who keep connections. */
  public DatabaseAccess access() {
    return access;
  }

  /** Gives a new connection each time. */
  public DataSource source() {
    return source;
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
    if (lock != null) {
      lock.close();
    }
  }

  /** The command may come before the first start of the hub; Flyway lets only one migrate. */
  private AdminDatabase migrated() {
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/reading")
          .schemas("reading")
          .defaultSchema("reading")
          .table("schema_history")
          .load()
          .migrate();
      Archive.migrate(source);
      return this;
    } catch (FlywayException e) {
      close();
      throw new CannotStartException(
          "The database cannot be reached, or is of another version of Heliograph.", e);
    }
  }
}
