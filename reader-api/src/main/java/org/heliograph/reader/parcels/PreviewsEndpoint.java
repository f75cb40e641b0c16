package org.heliograph.reader.parcels;

import java.util.List;
import java.util.UUID;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseReadiness;
import org.heliograph.reader.cases.CaseView;
import org.heliograph.reader.cases.CaseViews;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.FormText;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/cases/{id}/previews}: what gateways announced for a case, for whoever may see it; and
 * the coordinator's way to let a case go on without what does not come.
 */
@RestController
@RequestMapping("/api/cases/{id}")
class PreviewsEndpoint {
  private static final int LONGEST_REASON = 500;
  private static final String ITEMS =
      """
      select o.sop_instance_uid, o.study_instance_uid, o.series_instance_uid, o.media_type,
             coalesce(nullif(o.view, ''), o.title) as title, o.rows, o.columns, o.number_of_frames,
             exists (select 1 from reading.parcel_preview v
                     where v.parcel_id = o.parcel_id and v.object = o.object) as has_preview,
             coalesce(o.outcome = 'STORED', false) as whole
      from reading.parcel_study s
      join reading.parcel p on p.id = s.parcel_id
      join reading.parcel_object o
        on o.parcel_id = s.parcel_id and o.study_instance_uid = s.study_instance_uid
      where s.case_id = ?
      order by p.declared_at, o.position
      """;
  private static final String JPEG =
      """
      select v.jpeg from reading.parcel_study s
      join reading.parcel_object o
        on o.parcel_id = s.parcel_id and o.study_instance_uid = s.study_instance_uid
      join reading.parcel_preview v on v.parcel_id = o.parcel_id and v.object = o.object
      where s.case_id = ? and o.sop_instance_uid = ?
      limit 1
      """;
  private static final String RELEASE =
      """
      update reading.parcel p
      set released_at = clock_timestamp(), released_by = :person, release_reason = :reason
      from reading.parcel_study s
      where s.parcel_id = p.id and s.case_id = :case
        and p.completed_at is null and p.released_at is null
      """;

  private final Cases cases;
  private final CaseReadiness readiness;
  private final CaseViews views;
  private final CurrentPerson currentPerson;
  private final AuditTrail audit;
  private final JdbcClient sql;

  PreviewsEndpoint(
      Cases cases,
      CaseReadiness readiness,
      CaseViews views,
      CurrentPerson currentPerson,
      AuditTrail audit,
      JdbcClient sql) {
    this.cases = cases;
    this.readiness = readiness;
    this.views = views;
    this.currentPerson = currentPerson;
    this.audit = audit;
    this.sql = sql;
  }

  /** What was announced, in the order of the manifests. */
  record Previews(List<Item> items) {}

  /**
   * An announced picture (JSON).
   *
   * @param kind {@code IMAGE}, {@code PHOTO} or {@code PDF}
   * @param whole the picture itself is here
   * @param url of its preview, if there is one
   */
  record Item(
      String sopInstanceUid,
      String studyInstanceUid,
      @Nullable String seriesInstanceUid,
      String kind,
      String title,
      @Nullable Integer rows,
      @Nullable Integer columns,
      int numberOfFrames,
      boolean hasPreview,
      boolean whole,
      @Nullable String url) {
    @Override
    public String toString() {
      return "Item[" + kind + "]";
    }
  }

  /** Why a case is let go on. */
  record Release(@Nullable Long version, @Nullable String reason) {
    @Override
    public String toString() {
      return "Release[" + version + "]";
    }
  }

  @GetMapping("/previews")
  @Transactional
  Previews previews(@PathVariable("id") UUID id) {
    CaseFile file = visible(id);
    return new Previews(
        sql.sql(ITEMS)
            .param(file.id().value())
            .query((row, n) -> {
              String uid = row.getString("sop_instance_uid");
              boolean hasPreview = row.getBoolean("has_preview");
              return new Item(
                  uid,
                  row.getString("study_instance_uid"),
                  row.getString("series_instance_uid"),
                  kind(row.getString("media_type")),
                  row.getString("title"),
                  row.getObject("rows", Integer.class),
                  row.getObject("columns", Integer.class),
                  row.getInt("number_of_frames"),
                  hasPreview,
                  row.getBoolean("whole"),
                  hasPreview ? "/api/cases/" + id + "/previews/" + uid : null);
            })
            .list());
  }

  @GetMapping("/previews/{instance}")
  @Transactional
  ResponseEntity<byte[]> preview(
      @PathVariable("id") UUID id, @PathVariable("instance") String instance) {
    CaseFile file = visible(id);
    byte[] jpeg =
        sql.sql(JPEG)
            .params(file.id().value(), instance)
            .query((row, n) -> row.getBytes(1))
            .optional()
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    return ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(jpeg);
  }

  @PostMapping("/release-parcels")
  @Transactional
  CaseView release(@PathVariable("id") UUID id, @RequestBody Release form) {
    Person person = currentPerson.require(Role.COORDINATOR);
    var caseId = new CaseId(id);
    Long version = form.version();
    if (version == null) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "version", "missing");
    }
    String reason =
        FormText.required("reason", FormText.paragraphs("reason", form.reason(), LONGEST_REASON));
    CaseFile file = cases.lock(caseId, person, version);
    int released =
        sql.sql(RELEASE)
            .param("person", person.id())
            .param("reason", reason)
            .param("case", id)
            .update();
    if (released == 0) {
      throw new ProblemException(ProblemCode.NOTHING_UNDER_WAY);
    }
    readiness.settle(
        cases.append(
            file, CaseHappening.by(person.id(), CaseEventKind.PARCEL_RELEASED).text(reason)));
    return views.changed(caseId, person, "release-parcels");
  }

  /** The case, if it may be seen; each look is on the trail before a byte of it is given. */
  private CaseFile visible(UUID id) {
    CaseFile file = cases.visible(new CaseId(id), currentPerson.require());
    audit.recordLook(
        AuditEvent.of(AuditKind.INSTANCES_ACCESSED, AuditAction.READ)
            .about("case", id)
            .detail("preview"));
    return file;
  }

  private static String kind(String mediaType) {
    return mediaType.isEmpty() ? "IMAGE" : mediaType.equals("application/pdf") ? "PDF" : "PHOTO";
  }
}
