package org.heliograph.archive.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.archive.blob.BlobStore;
import org.heliograph.archive.blob.StagingFolder;
import org.heliograph.archive.integrity.BlobHold;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes what died half-way: staging files, and blobs that no row names. Neither was ever promised
 * to anyone. Both must be older than a grace period, which is far longer than any ingest takes.
 */
public final class Sweep {
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);
  private static final int BATCH_SIZE = 500;

  private static final String REFERENCED =
      """
      select blob_key from archive.instance where blob_key = any(:keys)
      union all
      select blob_key from archive.quarantine where blob_key = any(:keys)
      union all
      select blob_key from archive.kept_blob where blob_key = any(:keys)
      union all
      select blob_key from archive.rejected_instance where blob_key = any(:keys)
      """;

  private final BlobStore blobs;
  private final StagingFolder staging;
  private final JdbcClient jdbc;
  private final InstantSource clock;
  private final Duration grace;

  Sweep(
      BlobStore blobs,
      StagingFolder staging,
      JdbcClient jdbc,
      InstantSource clock,
      Duration grace) {
    this.blobs = blobs;
    this.staging = staging;
    this.jdbc = jdbc;
    this.clock = clock;
    this.grace = grace;
  }

  /** What a sweep removed. */
  public record Swept(int stagingFiles, int blobs) {}

  /**
   * Sweeps once, after a sweep that runs already. Safe beside ingests and other processes; blobs
   * stay while a {@link BlobHold} lasts.
   */
  public synchronized Swept run() throws IOException {
    Instant before = clock.instant().minus(grace);
    int files = staging.sweep(before) + blobs.discardIncomplete(before);
    var batch = new Batch();
    if (BlobHold.isHeld(jdbc)) {
      log.info("event=sweep.postponed files={}", files);
      return new Swept(files, 0);
    }
    try {
      blobs.list(blob -> {
        if (blob.storedAt().isBefore(before)) {
          batch.add(blob.key().id());
        }
      });
      batch.removeUnreferenced();
    } catch (UncheckedIOException e) {
      throw new IOException("sweep ended early", e);
    }
    if (files + batch.removed > 0) {
      log.info("event=sweep.done files={} blobs={}", files, batch.removed);
    }
    return new Swept(files, batch.removed);
  }

  /** Which of these blobs a row names. */
  public static Set<UUID> referenced(JdbcClient jdbc, Collection<UUID> keys) {
    return new HashSet<>(
        jdbc.sql(REFERENCED)
            .param("keys", keys.toArray(UUID[]::new), Types.ARRAY)
            .query((row, _) -> row.getObject(1, UUID.class))
            .list());
  }

  /** Old blobs, asked for by the hundreds. */
  private final class Batch {
    private final List<UUID> old = new ArrayList<>(BATCH_SIZE);
    private int removed;

    void add(UUID key) {
      old.add(key);
      if (old.size() == BATCH_SIZE) {
        removeUnreferenced();
      }
    }

    void removeUnreferenced() {
      Set<UUID> unreferenced = new HashSet<>(old);
      unreferenced.removeAll(referenced(jdbc, old));
      old.clear();
      if (BlobHold.isHeld(jdbc)) {
        return;
      }
      try {
        for (UUID key : unreferenced) {
          blobs.delete(new BlobKey(key));
          removed++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
