package org.heliograph.reader.hl7;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The messages that could not be applied, in {@code reading.hl7_dead_letter}. */
@Component
public class DeadLetters {
  /** Of registered senders; more are refused and not kept. */
  private static final int MOST = 10_000;

  /** The same of those that are not registered: anyone who reaches the port may be one. */
  private static final int MOST_OF_STRANGERS = 1_000;

  private static final String KEEP =
      """
      insert into reading.hl7_dead_letter
        (digest, message, byte_count, peer, source_id, control_id, reason_code, reason, received_at,
         updated_at)
      select :digest, :message, :bytes, :peer, cast(:source as uuid), :control, :code, :reason, clock_timestamp(),
             clock_timestamp()
      where (select count(*) from (select 1 from reading.hl7_dead_letter
                                   where state = 'OPEN' and (source_id is null) = :stranger
                                   limit :most) counted) < :most
         or exists (select 1 from reading.hl7_dead_letter
                    where digest = :digest and state = 'OPEN')
      on conflict (digest) where state = 'OPEN' do update
        set attempts = hl7_dead_letter.attempts + 1, reason_code = excluded.reason_code,
            reason = excluded.reason, source_id = excluded.source_id,
            updated_at = excluded.updated_at
      """;
  private static final String OPEN =
      """
      select id, received_at, peer, byte_count, reason_code, reason, attempts
      from reading.hl7_dead_letter where state = 'OPEN' order by id limit 1000
      """;

  private final JdbcClient sql;

  DeadLetters(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts. */
  public static DeadLetters over(DataSource database) {
    return new DeadLetters(JdbcClient.create(database));
  }

  /** The open ones, the oldest first, at most 1000. */
  public List<DeadLetter> open() {
    return sql.sql(OPEN).query(DeadLetters::letter).list();
  }

  /**
   * The message of an open one: patient data.
   *
   * @throws ProblemException there is none
   */
  public byte[] message(long id) {
    return sql.sql("select message from reading.hl7_dead_letter where id = ? and state = 'OPEN'")
        .param(id)
        .query((row, n) -> row.getBytes(1))
        .optional()
        .orElseThrow(() -> unknown(id));
  }

  /** From where an open one came. */
  Optional<String> peer(long id) {
    return sql.sql("select peer from reading.hl7_dead_letter where id = ?")
        .param(id)
        .query((row, n) -> row.getString(1))
        .optional();
  }

  /**
   * Gives an open one up: what it says is deleted, that it was there is not.
   *
   * @throws ProblemException there is none
   */
  public void drop(long id) {
    int dropped =
        sql.sql(
                """
                update reading.hl7_dead_letter
                set state = 'DROPPED', message = null, updated_at = clock_timestamp()
                where id = ? and state = 'OPEN'
                """)
            .param(id)
            .update();
    if (dropped == 0) {
      throw unknown(id);
    }
  }

  /** Keeps a message; false if too many are kept already. */
  boolean keep(
      byte[] message,
      byte[] digest,
      String peer,
      @Nullable Hl7Source source,
      String controlId,
      RefusedException cause) {
    String place = cause.place().isEmpty() ? "" : " (" + cause.place() + ")";
    return sql.sql(KEEP)
            .param("digest", digest)
            .param("message", message)
            .param("bytes", message.length)
            .param("peer", peer)
            .param("source", source == null ? null : source.id(), Types.OTHER)
            .param("stranger", source == null)
            .param("control", controlId)
            .param("code", cause.refusal().problem().code())
            .param("reason", cause.refusal().problem().title() + place)
            .param("most", source == null ? MOST_OF_STRANGERS : MOST)
            .update()
        > 0;
  }

  /** Settles a message that was applied after all. */
  void applied(byte[] digest) {
    sql.sql(
            """
            update reading.hl7_dead_letter
            set state = 'APPLIED', message = null, updated_at = clock_timestamp()
            where digest = ? and state = 'OPEN'
            """)
        .param(digest)
        .update();
  }

  private static ProblemException unknown(long id) {
    return new ProblemException(ProblemCode.DEAD_LETTER_UNKNOWN, id);
  }

  private static DeadLetter letter(ResultSet row, int number) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        Objects.requireNonNull(row.getObject("received_at", OffsetDateTime.class)).toInstant(),
        row.getString("peer"),
        row.getInt("byte_count"),
        row.getString("reason_code"),
        row.getString("reason"),
        row.getInt("attempts"));
  }
}
