package org.heliograph.archive;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for the JVM; each caller gets an empty database of its own. */
public final class TestDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabase() {}

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        // A session time zone unlike the JVM's catches mistakes with zones.
        return EmbeddedPostgres.builder()
            .setServerConfig("timezone", "America/St_Johns")
            .setServerConfig("max_connections", "100")
            .setServerConfig("random_page_cost", "1.1")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static HikariDataSource create() throws SQLException {
    String name = "archive_" + COUNT.incrementAndGet();
    try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    var config = new HikariConfig();
    config.setJdbcUrl(Server.INSTANCE.getJdbcUrl("postgres", name));
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }
}
