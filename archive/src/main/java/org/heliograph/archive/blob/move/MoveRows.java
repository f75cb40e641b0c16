package org.heliograph.archive.blob.move;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.StoredBlob;
import org.heliograph.archive.blob.move.MoveStatus.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows a move goes by. */
final class MoveRows {
  private static final String BEGIN =
      """
      insert into archive.blob_move (state, bytes_per_second, began_at)
      values ('RUNNING', :rate, :now)
      on conflict (single_row) do update set bytes_per_second = excluded.bytes_per_second,
        state = case when blob_move.state = 'DROPPING' then 'DONE' else blob_move.state end
      """;

  private static final String READ =
      "select state, bytes_per_second, began_at, listed_at, done_at from archive.blob_move";

  private static final String SET_STATE =
      """
      update archive.blob_move set state = :state,
        done_at = case when :state = 'DONE' then :now else done_at end
      where state = :from
      """;

  private static final String SET_LISTED =
      "update archive.blob_move set listed_at = :now where listed_at is null";

  private static final String ADD =
      """
      insert into archive.blob_copy (blob_key, byte_count, state, changed_at)
      select key, bytes, 'WAITING', :now
      from unnest(cast(:keys as uuid[]), cast(:bytes as bigint[])) as listed (key, bytes)
      on conflict (blob_key) do nothing
      """;

  private static final String NEXT =
      """
      select blob_key from archive.blob_copy where state = 'WAITING' and blob_key > :after
      order by blob_key limit :limit
      """;

  private static final String RECORD =
      """
      update archive.blob_copy set state = :state, changed_at = :now
      where blob_key = :key and state = 'WAITING'
      """;

  private static final String COUNT_ATTEMPT =
      """
      update archive.blob_copy set attempts = attempts + 1, changed_at = :now
      where blob_key = :key returning attempts
      """;

  private static final String COUNTS =
      """
      select count(*) filter (where state = 'WAITING') as waiting,
        coalesce(sum(byte_count) filter (where state = 'WAITING'), 0) as waiting_bytes,
        count(*) filter (where state = 'COPIED') as copied,
        coalesce(sum(byte_count) filter (where state = 'COPIED'), 0) as copied_bytes,
        count(*) filter (where state = 'GONE') as gone,
        count(*) filter (where state = 'DAMAGED') as damaged
      from archive.blob_copy
      """;

  private static final String FORGET_COPIES = "delete from archive.blob_copy";

  private final JdbcClient jdbc;
  private final InstantSource clock;

  MoveRows(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What was asked for. */
  record Move(
      State state,
      long bytesPerSecond,
      Instant beganAt,
      boolean listed,
      @Nullable Instant doneAt) {}

  void begin(long bytesPerSecond) {
    jdbc.sql(BEGIN).param("rate", bytesPerSecond).param("now", now()).update();
  }

  Optional<Move> read() {
    return jdbc.sql(READ).query(MoveRows::move).optional();
  }

  /** Whether it was in the first state and now is in the other. */
  boolean change(State from, State to) {
    return jdbc.sql(SET_STATE)
            .param("from", from.name())
            .param("state", to.name())
            .param("now", now())
            .update()
        == 1;
  }

  void setListed() {
    jdbc.sql(SET_LISTED).param("now", now()).update();
  }

  /** How many of them were not known. */
  int add(Collection<StoredBlob> listed) {
    return jdbc.sql(ADD)
        .param(
            "keys", listed.stream().map(blob -> blob.key().id()).toArray(UUID[]::new), Types.ARRAY)
        .param(
            "bytes", listed.stream().map(StoredBlob::byteCount).toArray(Long[]::new), Types.ARRAY)
        .param("now", now())
        .update();
  }

  List<BlobKey> next(UUID after, int limit) {
    return jdbc.sql(NEXT)
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> new BlobKey(row.getObject("blob_key", UUID.class)))
        .list();
  }

  void record(BlobKey key, String state) {
    jdbc.sql(RECORD).param("key", key.id()).param("state", state).param("now", now()).update();
  }

  int countAttempt(BlobKey key) {
    return jdbc.sql(COUNT_ATTEMPT)
        .param("key", key.id())
        .param("now", now())
        .query(Integer.class)
        .single();
  }

  void forgetCopies() {
    jdbc.sql(FORGET_COPIES).update();
  }

  MoveStatus status(StoreRows stores) {
    Move move = read().orElse(new Move(State.NONE, 0, Instant.EPOCH, false, null));
    return jdbc.sql(COUNTS)
        .query((row, _) ->
            new MoveStatus(
                stores.inUse().orElse(null),
                stores.source().orElse(null),
                move.state(),
                row.getLong("waiting"),
                row.getLong("waiting_bytes"),
                row.getLong("copied"),
                row.getLong("copied_bytes"),
                row.getLong("gone"),
                row.getLong("damaged"),
                move.bytesPerSecond(),
                move.state() == State.NONE ? null : move.beganAt(),
                move.doneAt()))
        .single();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Move move(ResultSet row, int index) throws SQLException {
    OffsetDateTime done = row.getObject("done_at", OffsetDateTime.class);
    return new Move(
        State.valueOf(row.getString("state")),
        row.getLong("bytes_per_second"),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        row.getObject("listed_at", OffsetDateTime.class) != null,
        done == null ? null : done.toInstant());
  }
}
