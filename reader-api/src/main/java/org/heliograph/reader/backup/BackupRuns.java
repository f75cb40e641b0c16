package org.heliograph.reader.backup;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The record of backups and rehearsals in the hub's database, for those who ask when the last was.
 */
public final class BackupRuns {
  private static final String RECORD =
      """
      insert into reading.backup_run (kind, generation, began_at, ended_at, passed, detail)
      values (:kind, :generation, :began, clock_timestamp(), :passed, :detail)
      """;

  private final JdbcClient sql;

  public BackupRuns(DataSource database) {
    this.sql = JdbcClient.create(database);
  }

  /** What was done. */
  public enum Kind {
    BACKUP,
    REHEARSAL
  }

  /** Writes one down. */
  public void record(Kind kind, String generation, Instant began, boolean passed, String detail) {
    sql.sql(RECORD)
        .param("kind", kind.name())
        .param("generation", generation)
        .param("began", OffsetDateTime.ofInstant(began, ZoneOffset.UTC))
        .param("passed", passed)
        .param("detail", detail)
        .update();
  }
}
