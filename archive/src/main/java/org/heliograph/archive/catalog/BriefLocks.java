package org.heliograph.archive.catalog;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that change what is stored while instances arrive. They wait for a lock more briefly
 * than the database waits before it looks for a deadlock, and begin again: it is never an arriving
 * instance that has to give way. Rows are locked in the order patients, series, studies, and of
 * each in the order of their ids.
 */
public final class BriefLocks {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final int ATTEMPTS = 40;
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;

  /** Transactions of their own on a data source. */
  public static BriefLocks on(DataSource dataSource) {
    return new BriefLocks(
        new TransactionTemplate(new JdbcTransactionManager(dataSource)),
        JdbcClient.create(dataSource));
  }

  public BriefLocks(TransactionTemplate transaction, JdbcClient jdbc) {
    this.transaction = transaction;
    this.jdbc = jdbc;
  }

  /**
   * Runs the work in a transaction, again from its start while others hold what it needs. Inside a
   * transaction of the caller it runs once.
   *
   * @throws DataAccessException others held on for more than ten seconds
   */
  public <T> T run(Supplier<T> work) {
    boolean joins = TransactionSynchronizationManager.isActualTransactionActive();
    for (int attempt = 1; ; attempt++) {
      try {
        T result =
            transaction.execute(_ -> {
              jdbc.sql("select set_config('lock_timeout', '250ms', true)")
                  .query(String.class)
                  .single();
              return work.get();
            });
        return Objects.requireNonNull(result);
      } catch (DataAccessException e) {
        if (joins || attempt == ATTEMPTS || !isInTheWay(e)) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /** Whether another transaction holds what this one needs; Spring has no name for a time-out. */
  private static boolean isInTheWay(DataAccessException fault) {
    return fault instanceof PessimisticLockingFailureException
        || (fault.getMostSpecificCause() instanceof SQLException sql
            && LOCK_NOT_AVAILABLE.equals(sql.getSQLState()));
  }

  private static void pause(DataAccessException cause) {
    try {
      Thread.sleep(PAUSE.plusMillis(ThreadLocalRandom.current().nextInt(50)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
