package org.heliograph.reader.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears what any hub process tells by PostgreSQL's {@code NOTIFY}, over one connection. What is
 * told while that connection is lost is lost too; therefore every listener hears {@code null} when
 * listening begins and whenever it begins again: anything may have happened.
 */
@Component
public class Notifications implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Notifications.class);
  private static final int POLL_MILLIS = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final DataSource database;
  private final Map<String, Consumer<@Nullable String>> listeners = new ConcurrentHashMap<>();
  private volatile boolean running;
  private volatile Thread thread = Thread.currentThread();

  Notifications(DataSource database) {
    this.database = database;
  }

  /**
   * Hears a channel; to be called while the parts are made, before listening begins.
   *
   * @param channel a plain identifier
   * @param listener gets the payload, or null for "anything may have happened"; must not block
   */
  public void listen(String channel, Consumer<@Nullable String> listener) {
    if (!channel.matches("[a-z_]+") || listeners.putIfAbsent(channel, listener) != null) {
      throw new IllegalArgumentException("channel " + channel);
    }
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofVirtual().name("notifications").start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try (Connection connection = database.getConnection()) {
        hear(connection);
      } catch (SQLException e) {
        log.warn("event=database.listen.failed state={}", e.getSQLState());
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private void hear(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement()) {
      for (String channel : listeners.keySet()) {
        statement.execute("listen " + channel);
      }
    }
    listeners.values().forEach(listener -> listener.accept(null));
    try {
      var postgres = connection.unwrap(PGConnection.class);
      while (running) {
        PGNotification[] heard = postgres.getNotifications(POLL_MILLIS);
        for (var notification : heard == null ? new PGNotification[0] : heard) {
          var listener = listeners.get(notification.getName());
          if (listener != null) {
            listener.accept(notification.getParameter());
          }
        }
      }
    } finally {
      try (var statement = connection.createStatement()) {
        statement.execute("unlisten *");
      }
    }
  }
}
