package org.heliograph.archive.integrity;

import java.sql.Types;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of blobs that are not what was stored; each new one raises an alert. */
public final class Findings {
  private static final Logger log = LoggerFactory.getLogger(Findings.class);

  /** The alert is raised in the same statement, once for each finding that is open. */
  private static final String RECORD =
      """
      with found as (
        insert into archive.integrity_finding as f
          (blob_key, kind, stored_as, site_id, found_at, last_seen_at)
        values (:key, :kind, :stored_as, :site, :now, :now)
        on conflict on constraint integrity_finding_once do update
          set times_seen = case when f.resolved_at is null then f.times_seen + 1 else 1 end,
            last_seen_at = excluded.last_seen_at, resolved_at = null
        returning times_seen),
      raised as (
        insert into archive.alert (kind, site_id, raised_at)
        select :alert, :site, :now from found where times_seen = 1)
      select times_seen from found
      """;

  private static final String RESOLVE =
      """
      update archive.integrity_finding set resolved_at = :now
      where resolved_at is null and blob_key = any(:keys)
      """;

  private static final String OPEN =
      "select count(*) from archive.integrity_finding where resolved_at is null";

  private final JdbcClient jdbc;
  private final InstantSource clock;

  public Findings(JdbcClient jdbc, InstantSource clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Keeps what was found; finding it again counts up. */
  public void record(StoredDigest blob, FindingKind kind) {
    log.error(
        "event=blob.unsound kind={} stored_as={} blob={}", kind, blob.storedAs(), blob.key().id());
    jdbc.sql(RECORD)
        .param("key", blob.key().id())
        .param("kind", kind.name())
        .param("stored_as", blob.storedAs().name())
        .param("site", blob.siteId())
        .param("alert", "BLOB_" + kind.name())
        .param("now", now())
        .query(Integer.class)
        .single();
  }

  /** These were read and are sound: what was found of them before has been put right. */
  void resolve(Collection<BlobKey> sound) {
    jdbc.sql(RESOLVE)
        .param("keys", sound.stream().map(BlobKey::id).toArray(UUID[]::new), Types.ARRAY)
        .param("now", now())
        .update();
  }

  /** How many nobody has put right. */
  public long open() {
    return jdbc.sql(OPEN).query(Long.class).single();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
