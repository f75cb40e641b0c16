package org.heliograph.archive.integrity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that one process does at a time. The database frees it with the connection, so that a
 * process that dies does not keep it.
 */
public final class OneProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OneProcess.class);

  /** The jobs, by the number they are locked under. */
  public enum Job {
    SCRUB(0x48656C696F01L),
    MOVE(0x48656C696F02L);

    private final long number;

    Job(long number) {
      this.number = number;
    }
  }

  private final Connection connection;
  private final Job job;

  private OneProcess(Connection connection, Job job) {
    this.connection = connection;
    this.job = job;
  }

  /** Takes the job, or nothing if another process has it. */
  public static Optional<OneProcess> take(DataSource database, Job job) throws SQLException {
    Connection connection = database.getConnection();
    boolean taken = false;
    try {
      taken = ask(connection, "select pg_try_advisory_lock(?)", job);
    } finally {
      if (!taken) {
        connection.close();
      }
    }
    return taken ? Optional.of(new OneProcess(connection, job)) : Optional.empty();
  }

  private static boolean ask(Connection connection, String question, Job job) throws SQLException {
    try (var statement = connection.prepareStatement(question)) {
      statement.setLong(1, job.number);
      try (var answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  @Override
  public void close() {
    try (connection) {
      ask(connection, "select pg_advisory_unlock(?)", job);
    } catch (SQLException e) {
      log.info("event=job.release.failed job={} sqlstate={}", job, e.getSQLState());
    }
  }
}
