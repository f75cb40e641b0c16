package org.heliograph.archive.retention;

import java.io.IOException;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.ingest.Sweep;
import org.heliograph.archive.integrity.BlobHold;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes blobs that are on the list of those nobody names any more. One that a row does name, for
 * whatever reason, is left where it is.
 */
final class BlobRemoval {
  private static final Logger log = LoggerFactory.getLogger(BlobRemoval.class);

  private static final String CLAIM =
      """
      update archive.blob_removal
      set claimed_until = clock_timestamp() + interval '5 minutes'
      where blob_key in (
        select blob_key from archive.blob_removal
        where claimed_until is null or claimed_until < clock_timestamp()
        order by wanted_at limit 100 for update skip locked)
      returning blob_key
      """;

  private final JdbcClient jdbc;
  private final BlobStore blobs;
  private final RemovalSteps steps;

  BlobRemoval(JdbcClient jdbc, BlobStore blobs, RemovalSteps steps) {
    this.jdbc = jdbc;
    this.blobs = blobs;
    this.steps = steps;
  }

  /** Deletes what is on the list; returns how many blobs went. */
  int work() {
    int deleted = 0;
    for (List<UUID> some = claim(); !some.isEmpty(); some = claim()) {
      if (BlobHold.isHeld(jdbc)) {
        return deleted; // a backup copies what its snapshot names
      }
      Set<UUID> named = Sweep.referenced(jdbc, some);
      for (UUID key : some) {
        if (!named.contains(key)) {
          try {
            blobs.delete(new BlobKey(key));
          } catch (IOException e) {
            log.warn("event=blob.removal.postponed cause={}", e.getClass().getSimpleName());
            return deleted;
          }
          steps.reached(RemovalStep.BLOB_DELETED);
          deleted++;
        }
        jdbc.sql("delete from archive.blob_removal where blob_key = :key")
            .param("key", key, Types.OTHER)
            .update();
      }
    }
    return deleted;
  }

  private List<UUID> claim() {
    return jdbc.sql(CLAIM).query((row, _) -> row.getObject(1, UUID.class)).list();
  }
}
