package org.heliograph.archive.integrity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.integrity.StoredDigest.Phase;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the catalog knows of blobs, by key and in order. */
public final class DigestRows {
  private static final String INSTANCE =
      """
      select i.blob_key, i.id, 'INSTANCE' as stored_as, s.site_id, i.blob_bytes, i.digest,
        i.dataset_offset
      from archive.instance i join archive.study s on s.id = i.study_ref
      """;

  private static final String QUARANTINE =
      """
      select blob_key, id, 'QUARANTINE' as stored_as, site_id, blob_bytes, digest,
        cast(null as integer) as dataset_offset
      from archive.quarantine
      """;

  private static final String KEPT =
      """
      select * from (
        select blob_key, 0 as id, 'KEPT' as stored_as, site_id, blob_bytes, digest,
          0 as dataset_offset
        from archive.kept_blob
        union all
        select r.blob_key, 0, 'KEPT', s.site_id, r.blob_bytes, r.digest, r.dataset_offset
        from archive.rejected_instance r join archive.study s on s.id = r.study_ref) k
      """;

  private static final String BY_KEY =
      INSTANCE
          + " where i.blob_key = :key union all "
          + QUARANTINE
          + " where blob_key = :key union all "
          + KEPT
          + " where blob_key = :key";

  private static final String NEXT_INSTANCES =
      INSTANCE + " where i.id > :after order by i.id limit :limit";
  private static final String NEXT_QUARANTINED =
      QUARANTINE + " where id > :after order by id limit :limit";
  private static final String NEXT_KEPT =
      KEPT + " where blob_key > :after order by blob_key limit :limit";

  private static final int BATCH_SIZE = 500;
  private static final UUID FIRST_KEY = new UUID(0, 0);

  private final JdbcClient jdbc;

  public DigestRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What the row that names this blob says, if there is one. */
  public Optional<StoredDigest> of(BlobKey key) {
    return jdbc.sql(BY_KEY).param("key", key.id()).query(DigestRows::row).optional();
  }

  /** Hands over what all rows say that name a blob, by the hundreds. */
  public void each(Consumer<StoredDigest> taker) {
    for (Phase phase = Phase.INSTANCE; phase != Phase.ENDED; phase = phase.next()) {
      long lastId = 0;
      UUID lastKey = null;
      while (true) {
        List<StoredDigest> batch = next(phase, lastId, lastKey, BATCH_SIZE);
        batch.forEach(taker);
        if (batch.size() < BATCH_SIZE) {
          break;
        }
        lastId = batch.getLast().id();
        lastKey = batch.getLast().key().id();
      }
    }
  }

  /** The next ones of a table after a place in it. */
  List<StoredDigest> next(Phase phase, long lastId, @Nullable UUID lastKey, int limit) {
    return switch (phase) {
      case INSTANCE -> next(NEXT_INSTANCES, lastId, limit);
      case QUARANTINE -> next(NEXT_QUARANTINED, lastId, limit);
      case KEPT -> next(NEXT_KEPT, lastKey == null ? FIRST_KEY : lastKey, limit);
      case ENDED -> List.of();
    };
  }

  private List<StoredDigest> next(String question, Object after, int limit) {
    return jdbc.sql(question)
        .param("after", after)
        .param("limit", limit)
        .query(DigestRows::row)
        .list();
  }

  private static StoredDigest row(ResultSet row, int index) throws SQLException {
    int offset = row.getInt("dataset_offset");
    Integer known = row.wasNull() ? null : Integer.valueOf(offset);
    return new StoredDigest(
        new BlobKey(row.getObject("blob_key", UUID.class)),
        row.getLong("id"),
        Phase.valueOf(row.getString("stored_as")),
        row.getObject("site_id", UUID.class),
        row.getLong("blob_bytes"),
        row.getBytes("digest"),
        known);
  }
}
