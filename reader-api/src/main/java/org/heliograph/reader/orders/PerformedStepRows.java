package org.heliograph.reader.orders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.node.mpps.PerformedStep;
import org.heliograph.node.mpps.ProcedureStepSink.Change;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Performed procedure steps in {@code reading.performed_step}, and the steps that they are for. */
@Component
class PerformedStepRows {
  private static final int LARGEST_BYTES = 4 << 20;
  private static final String INSERT =
      """
      insert into reading.performed_step
        (sop_instance_uid, site_id, ae_title, status, attributes, created_at, updated_at)
      values (:uid, :site, :ae, :status, :attributes::jsonb, clock_timestamp(), clock_timestamp())
      on conflict (sop_instance_uid) do nothing
      """;
  private static final String LOCK =
      """
      select attributes from reading.performed_step
      where sop_instance_uid = :uid and site_id = :site for update
      """;
  private static final String UPDATE =
      """
      update reading.performed_step
      set status = :status, attributes = :attributes::jsonb, updated_at = clock_timestamp()
      where sop_instance_uid = :uid
      """;

  /** By study and step ID, or by accession number and step ID where the study is another. */
  private static final String SCHEDULED =
      """
      select id from reading.scheduled_step
      where site_id = :site and scheduled_procedure_step_id = :step
        and (study_instance_uid = :study
             or (accession_number <> '' and accession_number = :accession))
      """;

  private static final String SCHEDULED_OF_STUDY =
      """
      select id from reading.scheduled_step
      where site_id = :site and study_instance_uid = :study
      """;

  private final JdbcClient sql;
  private final StepRows steps;

  PerformedStepRows(JdbcClient sql) {
    this.sql = sql;
    this.steps = new StepRows(sql);
  }

  /** Keeps a new step. */
  @Transactional(rollbackFor = Exception.class)
  public void create(UUID site, String aeTitle, SopInstanceUid uid, Dataset attributes)
      throws DimseException {
    var scheduled = scheduled(site, attributes);
    steps.lock(scheduled);
    int kept =
        sql.sql(INSERT)
            .param("uid", uid.value().value())
            .param("site", site)
            .param("ae", aeTitle)
            .param("status", new PerformedStep(attributes).status().name())
            .param("attributes", json(attributes))
            .update();
    if (kept == 0) {
      throw new DimseException(DimseStatus.DUPLICATE_SOP_INSTANCE);
    }
    for (UUID step : scheduled) {
      sql.sql("insert into reading.performed_step_of values (?, ?)")
          .params(step, uid.value().value())
          .update();
    }
    series(uid, attributes);
    steps.refresh(scheduled);
  }

  /** Changes a step of the site. */
  @Transactional(rollbackFor = Exception.class)
  public void change(UUID site, SopInstanceUid uid, Change change) throws DimseException {
    String current =
        sql.sql(LOCK)
            .param("uid", uid.value().value())
            .param("site", site)
            .query(String.class)
            .optional()
            .orElseThrow(() -> new DimseException(DimseStatus.NO_SUCH_SOP_INSTANCE));
    Dataset after = change.apply(DicomJson.read(current));
    var scheduled =
        sql.sql(
                "select scheduled_step_id from reading.performed_step_of where performed_step_uid ="
                    + " ?")
            .param(uid.value().value())
            .query(StepRows::id)
            .list();
    steps.lock(scheduled);
    sql.sql(UPDATE)
        .param("uid", uid.value().value())
        .param("status", new PerformedStep(after).status().name())
        .param("attributes", json(after))
        .update();
    series(uid, after);
    steps.refresh(scheduled);
  }

  private List<UUID> scheduled(UUID site, Dataset attributes) {
    var found = new TreeSet<UUID>();
    for (Dataset item : attributes.items(Tag.ScheduledStepAttributesSequence)) {
      String study = item.string(Tag.StudyInstanceUID, "");
      var exact =
          sql.sql(SCHEDULED)
              .param("site", site)
              .param("step", item.string(Tag.ScheduledProcedureStepID, ""))
              .param("study", study)
              .param("accession", item.string(Tag.AccessionNumber, ""))
              .query(StepRows::id)
              .list();
      found.addAll(
          exact.isEmpty()
              ? sql.sql(SCHEDULED_OF_STUDY)
                  .param("site", site)
                  .param("study", study)
                  .query(StepRows::id)
                  .list()
              : exact);
    }
    return new ArrayList<>(found);
  }

  private void series(SopInstanceUid uid, Dataset attributes) {
    for (Dataset series : attributes.items(Tag.PerformedSeriesSequence)) {
      sql.sql(
              """
              insert into reading.performed_series values (?, ?, ?)
              on conflict (performed_step_uid, series_instance_uid)
              do update set instance_count = excluded.instance_count
              """)
          .params(
              uid.value().value(),
              series.string(Tag.SeriesInstanceUID, ""),
              series.items(Tag.ReferencedImageSequence).size()
                  + series.items(Tag.ReferencedNonImageCompositeSOPInstanceSequence).size())
          .update();
    }
  }

  private static String json(Dataset attributes) throws DimseException {
    String json = DicomJson.write(attributes, element -> null);
    // PostgreSQL's text holds no U+0000, which no attribute needs.
    if (json.contains("\\u0000") || json.getBytes(StandardCharsets.UTF_8).length > LARGEST_BYTES) {
      throw new DimseException(
          DimseStatus.RESOURCE_LIMITATION.withComment("attributes too large, or with NUL"));
    }
    return json;
  }
}
