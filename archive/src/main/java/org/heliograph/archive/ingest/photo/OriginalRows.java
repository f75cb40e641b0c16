package org.heliograph.archive.ingest.photo;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows that keep the cameras' original files and tell which instance was made of each. */
final class OriginalRows {

  private static final String KIND = "PHOTO_ORIGINAL";

  private static final String KEEP =
      """
      insert into archive.kept_blob (blob_key, kind, site_id, blob_bytes, digest, created_at)
      values (:blob, :kind, :site, :bytes, :digest, :now)
      """;

  private static final String UNLINKED =
      """
      select blob_key from archive.kept_blob
      where digest = :digest and site_id = :site and kind = :kind and instance_ref is null
        and rejected_ref is null
        and created_at < :before
      order by created_at limit 1
      """;

  private static final String LINK =
      """
      update archive.kept_blob set instance_ref = :instance
      where blob_key = :blob and instance_ref is null and rejected_ref is null
        and not exists (
          select 1 from archive.kept_blob k
          where k.instance_ref = :instance and k.kind = :kind)
      """;

  private static final String OF_INSTANCE =
      """
      select blob_key from archive.kept_blob where instance_ref = :instance and kind = :kind
      """;

  private static final String FORGET =
      """
      delete from archive.kept_blob
      where blob_key = :blob and instance_ref is null and rejected_ref is null
      """;

  private final JdbcClient jdbc;

  OriginalRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void keep(BlobKey blob, UUID siteId, long bytes, byte[] digest, Instant now) {
    jdbc.sql(KEEP)
        .param("blob", blob.id())
        .param("kind", KIND)
        .param("site", siteId)
        .param("bytes", bytes)
        .param("digest", digest)
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .update();
  }

  /** What an attempt with the same file left behind when it was cut off before {@code before}. */
  Optional<BlobKey> unlinked(UUID siteId, byte[] digest, Instant before) {
    return jdbc.sql(UNLINKED)
        .param("digest", digest)
        .param("site", siteId)
        .param("kind", KIND)
        .param("before", OffsetDateTime.ofInstant(before, ZoneOffset.UTC))
        .query(UUID.class)
        .optional()
        .map(BlobKey::new);
  }

  /** Whether the blob is now the instance's original; false if it had one already. */
  boolean link(BlobKey blob, long instanceId) {
    return jdbc.sql(LINK)
            .param("instance", instanceId)
            .param("blob", blob.id())
            .param("kind", KIND)
            .update()
        == 1;
  }

  Optional<BlobKey> of(long instanceId) {
    return jdbc.sql(OF_INSTANCE)
        .param("instance", instanceId)
        .param("kind", KIND)
        .query(UUID.class)
        .optional()
        .map(BlobKey::new);
  }

  /** Whether the row was there and belonged to no instance. */
  boolean forget(BlobKey blob) {
    return jdbc.sql(FORGET).param("blob", blob.id()).update() == 1;
  }
}
