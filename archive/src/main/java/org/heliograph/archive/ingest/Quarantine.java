package org.heliograph.archive.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.heliograph.archive.blob.BlobKey;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of instances that wait for a person's decision. */
public final class Quarantine {
  private static final String OPEN =
      """
      select id, site_id, origin, reason, study_instance_uid, sop_instance_uid, sop_class_uid,
        blob_key, blob_bytes, times_received, first_received_at, last_received_at
      from archive.quarantine
      where resolved_at is null and id > :after
      order by id
      limit :limit
      """;

  private static final String OPEN_ALERTS =
      "select count(*) from archive.alert where acknowledged_at is null";

  private static final String WAITING =
      """
      select distinct sop_instance_uid from archive.quarantine
      where sop_instance_uid = any(:instances) and site_id = :site and resolved_at is null
      """;

  private final JdbcClient jdbc;

  Quarantine(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Instances not decided on, oldest first.
   *
   * @param after the id that the page before ended with, or 0
   */
  public List<QuarantinedInstance> open(long after, int limit) {
    return jdbc.sql(OPEN)
        .param("after", after)
        .param("limit", limit)
        .query(Quarantine::instance)
        .list();
  }

  /** Which of these instances a site has sent in another version that is not decided on. */
  public Set<SopInstanceUid> waiting(UUID siteId, Collection<SopInstanceUid> instances) {
    return jdbc.sql(WAITING)
        .param("site", siteId)
        .param(
            "instances",
            instances.stream().map(each -> each.value().value()).toArray(String[]::new))
        .query((row, n) -> SopInstanceUid.of(row.getString(1)))
        .set();
  }

  /** How many alerts nobody has acknowledged. */
  public long openAlerts() {
    return jdbc.sql(OPEN_ALERTS).query(Long.class).single();
  }

  private static QuarantinedInstance instance(ResultSet row, int index) throws SQLException {
    return new QuarantinedInstance(
        row.getLong("id"),
        row.getObject("site_id", UUID.class),
        row.getString("origin"),
        QuarantineReason.valueOf(row.getString("reason")),
        StudyInstanceUid.of(row.getString("study_instance_uid")),
        SopInstanceUid.of(row.getString("sop_instance_uid")),
        SopClassUid.of(row.getString("sop_class_uid")),
        new BlobKey(row.getObject("blob_key", UUID.class)),
        row.getLong("blob_bytes"),
        row.getInt("times_received"),
        row.getObject("first_received_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_received_at", OffsetDateTime.class).toInstant());
  }
}
