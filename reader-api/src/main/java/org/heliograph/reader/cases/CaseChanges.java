package org.heliograph.reader.cases;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears of every committed case event, whichever hub process wrote it, by PostgreSQL's {@code
 * LISTEN}. After a lost connection the subscribers are told that anything may have changed.
 */
@Component
class CaseChanges implements SmartLifecycle {
  /** A change of a case, or {@link #ANYTHING}. */
  sealed interface Change permits CaseChange, Anything {}

  record CaseChange(CaseId caseId, long version) implements Change {}

  record Anything() implements Change {}

  static final Anything ANYTHING = new Anything();
  private static final Logger log = LoggerFactory.getLogger(CaseChanges.class);
  private static final int POLL_MILLIS = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final DataSource database;
  private final Set<Consumer<Change>> subscribers = ConcurrentHashMap.newKeySet();
  private volatile boolean running;
  private volatile Thread listener = Thread.currentThread();

  CaseChanges(DataSource database) {
    this.database = database;
  }

  void subscribe(Consumer<Change> subscriber) {
    subscribers.add(subscriber);
  }

  void unsubscribe(Consumer<Change> subscriber) {
    subscribers.remove(subscriber);
  }

  @Override
  public void start() {
    running = true;
    listener = Thread.ofVirtual().name("case-changes").start(this::listen);
  }

  @Override
  public void stop() {
    running = false;
    LockSupport.unpark(listener);
    try {
      listener.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void listen() {
    while (running) {
      try (Connection connection = database.getConnection()) {
        listen(connection);
      } catch (SQLException e) {
        log.warn("event=cases.listen.failed state={}", e.getSQLState());
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement()) {
      statement.execute("listen heliograph_case");
    }
    tell(ANYTHING);
    try {
      var postgres = connection.unwrap(PGConnection.class);
      while (running) {
        PGNotification[] heard = postgres.getNotifications(POLL_MILLIS);
        for (var notification : heard == null ? new PGNotification[0] : heard) {
          tell(parse(notification.getParameter()));
        }
      }
    } finally {
      try (var statement = connection.createStatement()) {
        statement.execute("unlisten *");
      }
    }
  }

  private void tell(Change change) {
    for (var subscriber : subscribers) {
      subscriber.accept(change);
    }
  }

  private static Change parse(String payload) {
    int space = payload.indexOf(' ');
    return space < 0
        ? ANYTHING
        : new CaseChange(
            CaseId.of(payload.substring(0, space)),
            Long.parseLong(payload, space + 1, payload.length(), 10));
  }
}
