package org.heliograph.archive.ingest;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.heliograph.archive.ingest.GroupCommit.Committed;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps an instance apart from the catalog and raises the alert that a person must see. */
final class QuarantineRows {
  private static final String KEEP =
      """
      insert into archive.quarantine as q (site_id, origin, reason, study_instance_uid,
        series_instance_uid, sop_instance_uid, sop_class_uid, transfer_syntax_uid, digest,
        blob_key, blob_bytes, first_received_at, last_received_at)
      values (:site, :origin, :reason, :study, :series, :instance, :sop_class, :transfer_syntax,
        :digest, :blob, :blob_bytes, :now, :now)
      on conflict on constraint quarantined_once do update
        set times_received = q.times_received + 1, last_received_at = excluded.last_received_at
      returning id, times_received
      """;

  private static final String RAISE_ALERT =
      """
      insert into archive.alert (kind, site_id, quarantine_ref, raised_at)
      values (:kind, :site, :quarantine, :now)
      """;

  private final JdbcClient jdbc;

  QuarantineRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Kept(long id, int timesReceived) {}

  Committed keep(PreparedInstance instance, QuarantineReason reason) {
    InstanceSummary summary = instance.summary();
    var now = OffsetDateTime.ofInstant(instance.receivedAt(), ZoneOffset.UTC);
    Kept kept =
        jdbc.sql(KEEP)
            .param("site", instance.siteId())
            .param("origin", instance.origin())
            .param("reason", reason.name())
            .param("study", summary.study().value().value())
            .param("series", summary.series().value().value())
            .param("instance", summary.instance().value().value())
            .param("sop_class", summary.sopClass().value().value())
            .param("transfer_syntax", instance.transferSyntax().value().value())
            .param("digest", instance.digest())
            .param("blob", instance.blob().id())
            .param("blob_bytes", instance.blobBytes())
            .param("now", now)
            .query((row, _) -> new Kept(row.getLong("id"), row.getInt("times_received")))
            .single();
    boolean first = kept.timesReceived() == 1;
    if (first) {
      jdbc.sql(RAISE_ALERT)
          .param("kind", reason.name())
          .param("site", instance.siteId())
          .param("quarantine", kept.id())
          .param("now", now)
          .update();
    }
    return new Committed(new IngestResult.Quarantined(kept.id(), reason), first);
  }
}
