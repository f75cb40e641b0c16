package org.heliograph.reader.parcels;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.node.link.ManifestStudy;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseReadiness;
import org.heliograph.reader.cases.CaseTransitions;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.gateways.CaseNews;
import org.heliograph.reader.gateways.LinkJson;
import org.heliograph.reader.intake.StudyCases;
import org.heliograph.reader.intake.StudyHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What parcels mean for cases. Rows are locked in the order parcel, studies, cases; each method is
 * part of the caller's transaction and may be repeated.
 */
@Component
class ParcelCases {
  private static final DateTimeFormatter DA =
      DateTimeFormatter.ofPattern("uuuuMMdd", java.util.Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final String LOCK =
      """
      select gateway_id, site_id, urgency, bound_at is not null as bound
      from reading.parcel where id = ? for update
      """;
  private static final String STUDIES =
      """
      select s.study_instance_uid, s.header::text as header,
             exists (select 1 from reading.parcel_object o
                     where o.parcel_id = s.parcel_id and o.media_type = ''
                       and o.study_instance_uid = s.study_instance_uid) as by_modality
      from reading.parcel_study s where s.parcel_id = ? order by s.study_instance_uid
      """;
  private static final String CASES =
      """
      select distinct case_id from reading.parcel_study
      where parcel_id = ? and case_id is not null order by case_id
      """;

  private final JdbcClient sql;
  private final Cases cases;
  private final StudyCases studyCases;
  private final CaseReadiness readiness;
  private final CaseNews news;

  ParcelCases(
      JdbcClient sql, Cases cases, StudyCases studyCases, CaseReadiness readiness, CaseNews news) {
    this.sql = sql;
    this.cases = cases;
    this.studyCases = studyCases;
    this.readiness = readiness;
    this.news = news;
  }

  private record Parcel(UUID gateway, UUID site, Urgency urgency, boolean bound) {}

  private record Study(ManifestStudy header, boolean byModality) {}

  /** Puts each study of a parcel to its case, once; a case is never made less urgent. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void bind(UUID parcel) {
    Parcel locked =
        sql.sql(LOCK)
            .param(parcel)
            .query((row, n) ->
                new Parcel(
                    row.getObject("gateway_id", UUID.class),
                    row.getObject("site_id", UUID.class),
                    Urgency.valueOf(row.getString("urgency")),
                    row.getBoolean("bound")))
            .single();
    if (locked.bound()) {
      return;
    }
    List<Study> studies =
        sql.sql(STUDIES)
            .param(parcel)
            .query((row, n) ->
                new Study(
                    LinkJson.mapper().readValue(row.getString("header"), ManifestStudy.class),
                    row.getBoolean("by_modality")))
            .list();
    for (Study study : studies) {
      // A study of another site's case gets none: its images will be quarantined.
      studyCases
          .announced(header(locked, study))
          .ifPresent(file -> bind(parcel, locked, study, file));
    }
    sql.sql("update reading.parcel set bound_at = clock_timestamp() where id = ?")
        .param(parcel)
        .update();
  }

  private void bind(UUID parcel, Parcel locked, Study study, CaseFile file) {
    sql.sql(
            """
            update reading.parcel_study set case_id = ?
            where parcel_id = ? and study_instance_uid = ?
            """)
        .params(file.id().value(), parcel, study.header().studyInstanceUid())
        .update();
    boolean raised =
        locked.urgency().compareTo(file.request().urgency()) < 0
            && CaseTransitions.next(file.state(), CaseEventKind.URGENCY_RAISED).isPresent();
    CaseFile after =
        raised
            ? cases.append(
                file,
                CaseHappening.byHub(CaseEventKind.URGENCY_RAISED)
                    .request(null, file.request().withUrgency(locked.urgency())))
            : file;
    news.cameBy(locked.gateway(), after);
  }

  /** Previews can be looked at: the cases may be read, but not reported for good. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void previewsArrived(UUID parcel) {
    for (CaseId id : cases(parcel)) {
      cases.append(cases.lock(id), CaseHappening.byHub(CaseEventKind.PREVIEWS_ARRIVED));
    }
  }

  /** Every object of the parcel has its receipt: a case without other open parcels is complete. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void completed(UUID parcel) {
    for (CaseId id : cases(parcel)) {
      CaseFile file = cases.lock(id);
      if (!readiness.awaitsParcels(id)) {
        readiness.settle(cases.append(file, CaseHappening.byHub(CaseEventKind.PARCEL_COMPLETE)));
      }
    }
  }

  /** The header of one of the parcel's studies. */
  Optional<StudyHeader> header(UUID parcel, String studyInstanceUid) {
    return sql.sql(
            """
            select p.site_id, p.urgency, s.header::text as header
            from reading.parcel_study s join reading.parcel p on p.id = s.parcel_id
            where s.parcel_id = ? and s.study_instance_uid = ?
            """)
        .params(parcel, studyInstanceUid)
        .query((row, n) ->
            header(
                row.getObject("site_id", UUID.class),
                Urgency.valueOf(row.getString("urgency")),
                LinkJson.mapper().readValue(row.getString("header"), ManifestStudy.class),
                false))
        .optional();
  }

  private List<CaseId> cases(UUID parcel) {
    return sql.sql(CASES)
        .param(parcel)
        .query((row, n) -> new CaseId(row.getObject(1, UUID.class)))
        .list();
  }

  private static StudyHeader header(Parcel parcel, Study study) {
    return header(parcel.site(), parcel.urgency(), study.header(), study.byModality());
  }

  private static StudyHeader header(
      UUID site, Urgency urgency, ManifestStudy study, boolean byModality) {
    return new StudyHeader(
        site,
        StudyInstanceUid.of(study.studyInstanceUid()),
        study.modality(),
        study.accessionNumber(),
        study.patientId(),
        study.issuerOfPatientId(),
        PersonName.parse(study.patientName()),
        date(study.patientBirthDate()),
        study.patientSex(),
        study.bodyPartExamined(),
        study.laterality(),
        urgency,
        byModality);
  }

  private static @Nullable LocalDate date(String da) {
    try {
      return da.isEmpty() ? null : LocalDate.parse(da, DA);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
