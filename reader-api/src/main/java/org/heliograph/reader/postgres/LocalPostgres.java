package org.heliograph.reader.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.heliograph.reader.settings.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's own PostgreSQL in its data folder: the real server, durable as it comes (fsync,
 * checksums), reachable with a random password from this machine only. A server that outlived a
 * killed hub is taken over. The caller stops it after everything that uses it.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
  private static final String DATABASE = "heliograph";
  private static final Duration ADOPTION_LIMIT = Duration.ofSeconds(20);

  private final Cluster cluster;
  private final DatabaseAccess access;
  private final boolean adopted;

  private LocalPostgres(Cluster cluster, DatabaseAccess access, boolean adopted) {
    this.cluster = cluster;
    this.access = access;
    this.adopted = adopted;
  }

  /**
   * Starts the server, making its data folder first if there is none, or takes over the one that
   * runs there.
   *
   * @throws PostgresException with a message for the operator
   */
  public static LocalPostgres start(DataFolder folder) {
    try {
      long began = System.nanoTime();
      Path home = folder.postgres();
      Files.createDirectories(home);
      ServerUser user = ServerUser.choose(home.resolve("cluster"));
      user.own(home);
      user.requireReach(home);
      Cluster cluster = new Cluster(home, ServerBinaries.unpack(home), user);
      String password = password(folder, Files.exists(home.resolve("cluster")));
      cluster.create(password);
      LocalPostgres server = adoptOrStart(cluster, password);
      createDatabase(server.access);
      log.info(
          "event=postgres.{} ms={}",
          server.adopted ? "adopted" : "started",
          (System.nanoTime() - began) / 1_000_000);
      return server;
    } catch (IOException | SQLException e) {
      throw new PostgresException(
          "PostgreSQL cannot be started in "
              + folder.postgres()
              + ": "
              + e.getClass().getSimpleName(),
          e);
    }
  }

  /** The way to the server of a hub that runs on this folder now, if one does. */
  public static Optional<DatabaseAccess> running(DataFolder folder) {
    try {
      Path data = folder.postgres().resolve("cluster");
      Optional<PostmasterFile> server =
          PostmasterFile.read(data).filter(file -> file.isAlive(data));
      if (server.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(access(server.get().port(), DATABASE, password(folder, true)));
    } catch (IOException e) {
      throw new PostgresException("The data folder " + folder.root() + " cannot be read.", e);
    }
  }

  public DatabaseAccess access() {
    return access;
  }

  /** Whether the server was running already when this hub started. */
  public boolean adopted() {
    return adopted;
  }

  @Override
  public void close() {
    cluster.stop();
    log.info("event=postgres.stopped");
  }

  private static LocalPostgres adoptOrStart(Cluster cluster, String password) throws IOException {
    Optional<Integer> running = cluster.runningPort();
    if (running.isPresent()) {
      DatabaseAccess access = access(running.get(), DATABASE, password);
      if (answers(access(running.get(), "postgres", password))) {
        return new LocalPostgres(cluster, access, true);
      }
      log.warn("event=postgres.orphan.stopped");
      cluster.stop();
    }
    return new LocalPostgres(cluster, access(cluster.start(), DATABASE, password), false);
  }

  private static boolean answers(DatabaseAccess access) {
    long until = System.nanoTime() + ADOPTION_LIMIT.toNanos();
    while (System.nanoTime() < until) {
      try (Connection connection = connect(access)) {
        return connection.isValid(5);
      } catch (SQLException e) {
        // 57P03: still starting or recovering; anything else will not pass by waiting.
        if (!"57P03".equals(e.getSQLState()) || !pause()) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean pause() {
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    return !Thread.currentThread().isInterrupted();
  }

  private static void createDatabase(DatabaseAccess access) throws SQLException {
    String server = access.url().substring(0, access.url().lastIndexOf('/') + 1) + "postgres";
    try (Connection connection =
            connect(new DatabaseAccess(server, access.user(), access.password()));
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet found =
          statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
        exists = found.next();
      }
      if (!exists) {
        statement.execute("create database " + DATABASE);
      }
    }
  }

  private static Connection connect(DatabaseAccess access) throws SQLException {
    return DriverManager.getConnection(access.url(), access.user(), access.password());
  }

  private static DatabaseAccess access(int port, String database, String password) {
    return new DatabaseAccess(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, Cluster.OWNER, password);
  }

  private static String password(DataFolder folder, boolean clusterExists) throws IOException {
    Path file = folder.secrets().resolve("postgres.password");
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    if (clusterExists) {
      throw new PostgresException(
          "The password of the database is missing: " + file + ". Restore it from the backup.");
    }
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path temporary = Files.createTempFile(folder.secrets(), "new-", ".password", ownerOnly);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(password.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }
}
