package org.heliograph.archive.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.archive.ingest.GroupCommit.Committed;
import org.heliograph.archive.reject.NoteRows;
import org.heliograph.archive.reject.RejectNote;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the rows of one instance inside the caller's transaction. */
final class InstanceRows {
  private static final String FIND_INSTANCE =
      """
      select 'STORED' as state, i.id, i.study_ref, i.digest, s.site_id, s.study_instance_uid,
        e.series_instance_uid
      from archive.instance i
      join archive.series e on e.id = i.series_ref
      join archive.study s on s.id = i.study_ref
      where i.sop_instance_uid = :uid
      union all
      select 'STORED', r.id, r.study_ref, r.digest, s.site_id, s.study_instance_uid,
        r.series_instance_uid
      from archive.rejected_instance r
      join archive.study s on s.id = r.study_ref
      where r.sop_instance_uid = :uid
      union all
      select 'DELETED', 0, 0, null, t.site_id, null, null from archive.tombstone t
      where t.sop_instance_uid = :uid and not t.accepted_again
      union all
      (select 'NAMED_BY_NOTE', 0, 0, null, null, null, null from archive.rejected_reference r
      where r.sop_instance_uid = :uid limit 1)
      """;

  private static final String INSERT_INSTANCE =
      """
      with stored as (
        insert into archive.instance (study_ref, series_ref, sop_instance_uid, sop_class_uid,
          transfer_syntax_uid, instance_number, rows, columns, bits_allocated, number_of_frames,
          digest, blob_key, blob_bytes, dataset_offset, origin, received_at)
        values (:study, :series, :uid, :sop_class, :transfer_syntax, :number, :rows, :columns,
          :bits, :frames, :digest, :blob, :blob_bytes, :dataset_offset, :origin, :received_at)
        on conflict (sop_instance_uid) do nothing
        returning id),
      header as (
        insert into archive.instance_header (instance_ref, dicom_json)
        select id, :json from stored),
      frames as (
        insert into archive.frame_index (instance_ref, native_offset, native_frame_bits,
          fragment_offsets, fragment_lengths, frame_fragments)
        select id, :native_offset, :native_bits, :offsets, :lengths, :frame_fragments from stored
        where cast(:has_frames as boolean)),
      told as (
        insert into archive.outbox (instance_ref, created_at)
        select id, :received_at from stored)
      select id from stored
      """;

  private final JdbcClient jdbc;
  private final StudyRows studies;
  private final QuarantineRows quarantine;
  private final CountRows counts;
  private final NoteRows notes;

  InstanceRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.studies = new StudyRows(jdbc);
    this.quarantine = new QuarantineRows(jdbc);
    this.counts = new CountRows(jdbc);
    this.notes = new NoteRows(jdbc);
  }

  private record Existing(UUID siteId, String digest, InstanceRef ref) {
    boolean is(byte[] bytes, String receivedDigest) {
      return digest.equals(hex(bytes)) || digest.equals(receivedDigest);
    }
  }

  private enum State {
    STORED,
    DELETED,
    NAMED_BY_NOTE
  }

  private record Found(State state, @Nullable UUID siteId, @Nullable Existing stored) {}

  /**
   * What is known of an instance before a blob is made of it.
   *
   * @param sameBytes these very bytes, or what they were recoded from, stored already, in sight or
   *     hidden
   * @param deleted whether the site deleted it, not to come back
   * @param namedByNote whether a reject note named it before it arrived
   */
  record Before(@Nullable InstanceRef sameBytes, boolean deleted, boolean namedByNote) {}

  Before before(UUID siteId, InstanceSummary summary, byte[] digest, String receivedDigest) {
    InstanceRef same = null;
    boolean deleted = false;
    boolean named = false;
    for (Found found : find(summary)) {
      switch (found.state()) {
        case STORED -> {
          Existing known = found.stored();
          if (known != null && known.siteId().equals(siteId) && known.is(digest, receivedDigest)) {
            same = known.ref();
          }
        }
        case DELETED -> deleted |= siteId.equals(found.siteId());
        case NAMED_BY_NOTE -> named = true;
      }
    }
    return new Before(same, deleted, named);
  }

  /** Returns null when another writer was first; the caller undoes all of it and tries again. */
  @Nullable Committed write(PreparedInstance instance) {
    Optional<Existing> known =
        find(instance.summary()).stream().map(Found::stored).filter(Objects::nonNull).findFirst();
    if (known.isPresent()) {
      return writeKnown(instance, known.get());
    }
    StudyRows.Row study = studies.findOrInsertStudy(instance);
    if (study == null) {
      return null;
    }
    if (!study.siteId().equals(instance.siteId())) {
      return quarantine.keep(instance, QuarantineReason.STUDY_OF_OTHER_SITE);
    }
    StudyRows.SeriesRow series = studies.findOrInsertSeries(study.id(), instance);
    if (series == null) {
      return null;
    }
    Long id = insert(instance, study.id(), series.id());
    RejectNote note = instance.summary().note();
    if (id != null && note != null) {
      notes.insert(
          instance.siteId(),
          instance.summary().study(),
          instance.summary().instance(),
          note,
          instance.origin(),
          instance.receivedAt());
    }
    return id == null
        ? null
        : new Committed(
            new IngestResult.Stored(ref(id, study.id(), instance.summary())),
            true,
            new Growth(
                study.id(),
                series.id(),
                series.modality(),
                instance.summary().sopClass().value().value(),
                instance.blobBytes()));
  }

  /** Adds what was stored to the counts of its studies and series. */
  void count(List<Growth> growths) {
    counts.add(growths);
  }

  private Committed writeKnown(PreparedInstance instance, Existing known) {
    if (!known.siteId().equals(instance.siteId())) {
      return quarantine.keep(instance, QuarantineReason.STUDY_OF_OTHER_SITE);
    }
    if (!known.is(instance.digest(), instance.receivedDigest())) {
      return quarantine.keep(instance, QuarantineReason.DIFFERENT_BYTES_FOR_SAME_UID);
    }
    return new Committed(new IngestResult.AlreadyStored(known.ref()), false);
  }

  private List<Found> find(InstanceSummary summary) {
    return jdbc.sql(FIND_INSTANCE)
        .param("uid", summary.instance().value().value())
        .query((row, _) -> {
          var state = State.valueOf(row.getString("state"));
          return new Found(
              state,
              row.getObject("site_id", UUID.class),
              state == State.STORED ? existing(row, summary) : null);
        })
        .list();
  }

  private static Existing existing(ResultSet row, InstanceSummary summary) throws SQLException {
    return new Existing(
        row.getObject("site_id", UUID.class),
        hex(row.getBytes("digest")),
        new InstanceRef(
            row.getLong("id"),
            row.getLong("study_ref"),
            StudyInstanceUid.of(row.getString("study_instance_uid")),
            SeriesInstanceUid.of(row.getString("series_instance_uid")),
            summary.instance()));
  }

  private @Nullable Long insert(PreparedInstance instance, long study, long series) {
    InstanceSummary summary = instance.summary();
    FrameTable frames = instance.frames();
    return jdbc.sql(INSERT_INSTANCE)
        .param("study", study)
        .param("series", series)
        .param("uid", summary.instance().value().value())
        .param("sop_class", summary.sopClass().value().value())
        .param("transfer_syntax", instance.transferSyntax().value().value())
        .param("number", summary.image().instanceNumber())
        .param("rows", summary.image().rows())
        .param("columns", summary.image().columns())
        .param("bits", summary.image().bitsAllocated())
        .param("frames", summary.image().numberOfFrames())
        .param("digest", instance.digest())
        .param("blob", instance.blob().id())
        .param("blob_bytes", instance.blobBytes())
        .param("dataset_offset", instance.datasetOffset())
        .param("origin", instance.origin())
        .param("received_at", OffsetDateTime.ofInstant(instance.receivedAt(), ZoneOffset.UTC))
        .param("json", instance.deflatedJson())
        .param("has_frames", frames != null)
        .param("native_offset", frames == null ? null : frames.nativeOffset(), Types.BIGINT)
        .param("native_bits", frames == null ? null : frames.nativeFrameBits(), Types.BIGINT)
        .param("offsets", frames == null ? null : frames.fragmentOffsets(), Types.ARRAY)
        .param("lengths", frames == null ? null : frames.fragmentLengths(), Types.ARRAY)
        .param("frame_fragments", frames == null ? null : frames.frameFragments(), Types.ARRAY)
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static InstanceRef ref(long id, long study, InstanceSummary summary) {
    return new InstanceRef(id, study, summary.study(), summary.series(), summary.instance());
  }
}
