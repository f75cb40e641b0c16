package org.heliograph.archive.reject;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import org.heliograph.archive.catalog.HeaderText;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes a reject note's rows in the transaction that stores the note itself. */
public final class NoteRows {
  private static final String INSERT =
      """
      insert into archive.rejection (site_id, study_instance_uid, note_sop_instance_uid, code,
        origin, observer, reason, hides, received_at)
      values (:site, :study, :note, :code, :origin, :observer, :reason,
        :code <> '113001' or not exists (
          select 1 from archive.site_policy p where p.site_id = :site and p.quality = 'SHOWN'),
        :now)
      on conflict (note_sop_instance_uid) do nothing
      returning id
      """;

  private static final String REFERENCES =
      """
      insert into archive.rejected_reference (rejection_ref, study_instance_uid, sop_instance_uid)
      select :rejection, t.study, t.instance
      from unnest(cast(:studies as text[]), cast(:instances as text[])) as t (study, instance)
      on conflict do nothing
      """;

  private static final String COUNT_NOTE =
      """
      update archive.study set note_count = note_count + 1 where study_instance_uid = :study
      """;

  private static final int OBSERVER_LENGTH = 128;
  private static final int REASON_LENGTH = 1024;

  private final JdbcClient jdbc;

  public NoteRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Writes down what the note rejects; nothing is hidden yet. */
  public void insert(
      UUID siteId,
      StudyInstanceUid study,
      SopInstanceUid note,
      RejectNote says,
      String origin,
      Instant now) {
    Long rejection =
        jdbc.sql(INSERT)
            .param("site", siteId)
            .param("study", study.value().value())
            .param("note", note.value().value())
            .param("code", says.code().value())
            .param("origin", origin)
            .param("observer", HeaderText.column(says.observer(), OBSERVER_LENGTH))
            .param("reason", HeaderText.column(says.reason(), REASON_LENGTH))
            .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
            .query(Long.class)
            .optional()
            .orElse(null);
    if (rejection == null) {
      return;
    }
    jdbc.sql(REFERENCES)
        .param("rejection", rejection)
        .param("studies", column(says, RejectNote.Reference::study), Types.ARRAY)
        .param("instances", column(says, RejectNote.Reference::instance), Types.ARRAY)
        .update();
    jdbc.sql(COUNT_NOTE).param("study", study.value().value()).update();
  }

  private static String[] column(RejectNote says, Function<RejectNote.Reference, String> value) {
    return says.references().stream().map(value).toArray(String[]::new);
  }
}
