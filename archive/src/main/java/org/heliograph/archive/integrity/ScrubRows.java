package org.heliograph.archive.integrity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.integrity.StoredDigest.Phase;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The scrub's place in its pass. */
final class ScrubRows {
  private static final String READ =
      """
      select pass, phase, last_id, last_key, blobs, bytes, began_at, ended_at from archive.scrub
      """;

  private static final String WRITE =
      """
      insert into archive.scrub (pass, phase, last_id, last_key, blobs, bytes, began_at, ended_at)
      values (:pass, :phase, :last_id, :last_key, :blobs, :bytes, :began_at, :ended_at)
      on conflict (single_row) do update set pass = excluded.pass, phase = excluded.phase,
        last_id = excluded.last_id, last_key = excluded.last_key, blobs = excluded.blobs,
        bytes = excluded.bytes, began_at = excluded.began_at, ended_at = excluded.ended_at
      """;

  private final JdbcClient jdbc;

  ScrubRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A place in a pass. */
  record Place(
      long pass,
      Phase phase,
      long lastId,
      @Nullable UUID lastKey,
      long blobs,
      long bytes,
      Instant beganAt,
      @Nullable Instant endedAt) {
    static Place ofNew(long pass, Instant now) {
      return new Place(pass, Phase.INSTANCE, 0, null, 0, 0, now, null);
    }

    Place after(StoredDigest last, int moreBlobs, long moreBytes) {
      return new Place(
          pass,
          phase,
          last.id(),
          last.key().id(),
          blobs + moreBlobs,
          bytes + moreBytes,
          beganAt,
          null);
    }

    Place nextPhase(Instant now) {
      Phase next = phase.next();
      return new Place(
          pass, next, 0, null, blobs, bytes, beganAt, next == Phase.ENDED ? now : null);
    }
  }

  Optional<Place> read() {
    return jdbc.sql(READ).query(ScrubRows::place).optional();
  }

  void write(Place place) {
    jdbc.sql(WRITE)
        .param("pass", place.pass())
        .param("phase", place.phase().name())
        .param("last_id", place.lastId())
        .param("last_key", place.lastKey())
        .param("blobs", place.blobs())
        .param("bytes", place.bytes())
        .param("began_at", OffsetDateTime.ofInstant(place.beganAt(), ZoneOffset.UTC))
        .param("ended_at", utc(place.endedAt()))
        .update();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Place place(ResultSet row, int index) throws SQLException {
    OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
    return new Place(
        row.getLong("pass"),
        Phase.valueOf(row.getString("phase")),
        row.getLong("last_id"),
        row.getObject("last_key", UUID.class),
        row.getLong("blobs"),
        row.getLong("bytes"),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
