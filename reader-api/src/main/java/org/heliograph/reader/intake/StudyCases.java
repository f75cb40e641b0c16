package org.heliograph.reader.intake;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CasePatient;
import org.heliograph.reader.cases.CaseRequest;
import org.heliograph.reader.cases.CaseSettings;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.Laterality;
import org.heliograph.reader.orders.ArrivedStudies;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which case a study belongs to: the case that has the study, else the one that a gateway of the
 * site announced it for, else the open case that the worklist gave its UID for, else the one open
 * case with its accession number, else a case of what was ordered, else the one open case that
 * waits for an X-ray of this patient, else a case of its own from the site's defaults.
 */
@Component
public class StudyCases {
  private static final Set<String> LIGHT = Set.of("XC", "GM", "DMS", "OP", "OPT");
  private static final String OPEN =
      "('DRAFT', 'SUBMITTED', 'RECEIVING', 'WAITING', 'CLAIMED', 'NEEDS_INFO')";
  private static final String BY_ACCESSION =
      "select c.id from reading.case_file c where c.site_id = :site and c.accession_number ="
          + " :accession and c.state in "
          + OPEN
          + " limit 2";
  private static final String BY_PATIENT =
      """
      select c.id from reading.case_file c
      where c.site_id = :site and c.patient_id = :patient
        and (c.issuer_of_patient_id = :issuer or c.issuer_of_patient_id = '' or :issuer = '')
        and c.created_at > clock_timestamp() - make_interval(secs => :window)
        and ((c.expects_xray and c.image_count = 0
              and c.state in ('DRAFT', 'SUBMITTED', 'RECEIVING', 'WAITING'))
             or c.state = 'NEEDS_INFO')
        and (c.accession_number = '' or :accession = '')
      limit 2
      """;
  private static final String ANNOUNCED =
      """
      select s.case_id from reading.parcel_study s
      join reading.parcel p on p.id = s.parcel_id
      where s.study_instance_uid = :study and p.site_id = :site and s.case_id is not null
      order by p.declared_at limit 1
      """;

  private final JdbcClient sql;
  private final Cases cases;
  private final CaseStudyRows studies;
  private final CaseSettings settings;
  private final Sites sites;
  private final ArrivedStudies scheduled;
  private final AuditTrail audit;

  StudyCases(
      JdbcClient sql,
      Cases cases,
      CaseStudyRows studies,
      CaseSettings settings,
      Sites sites,
      ArrivedStudies scheduled,
      AuditTrail audit) {
    this.sql = sql;
    this.cases = cases;
    this.studies = studies;
    this.settings = settings;
    this.sites = sites;
    this.scheduled = scheduled;
    this.audit = audit;
  }

  /**
   * The case, locked, of a study that is announced and not stored yet; it is not linked, since only
   * the archive says whose a study is. Empty where it is a case of another site.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<CaseFile> announced(StudyHeader header) {
    lock(header);
    var known = studies.caseOf(header.study());
    var file = cases.lock(known.orElseGet(() -> find(header)));
    return file.siteId().equals(header.siteId()) ? Optional.of(file) : Optional.empty();
  }

  /**
   * A case that has the study.
   *
   * @param file locked
   * @param fresh it has the study only now
   */
  public record Linked(CaseFile file, boolean fresh) {}

  /** The case of a study that the archive keeps for the site; linked if it was not yet. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Linked linked(StudyHeader header, long archiveStudyId, String origin) {
    lock(header);
    var known = studies.caseOf(header.study());
    var file = cases.lock(known.orElseGet(() -> find(header)));
    if (known.isEmpty()) {
      link(file, header, archiveStudyId, origin);
    }
    studies.archived(header.study(), archiveStudyId);
    return new Linked(file, known.isEmpty());
  }

  /** Links a study to its locked case, which makes it visible to whoever may see the case. */
  private void link(CaseFile file, StudyHeader header, long archiveStudyId, String origin) {
    studies.linkSent(file.id(), header, archiveStudyId);
    scheduled
        .orderOf(header.siteId(), header.study(), header.accessionNumber())
        .ifPresent(ordered -> scheduled.arrived(ordered, file.id()));
    audit.record(
        AuditEvent.of(AuditKind.INSTANCES_TRANSFERRED, AuditAction.CREATE)
            .about("case", file.id())
            .by(null, origin)
            .from(""));
  }

  /** Nobody else decides about this study until the transaction ends. */
  private void lock(StudyHeader header) {
    sql.sql("select pg_advisory_xact_lock(hashtextextended(?, 7))")
        .param(header.study().value().value())
        .query((row, n) -> true)
        .single();
  }

  private CaseId find(StudyHeader header) {
    return sql.sql(ANNOUNCED)
        .param("study", header.study().value().value())
        .param("site", header.siteId())
        .query((row, n) -> new CaseId(row.getObject(1, UUID.class)))
        .optional()
        .or(() -> match(header))
        .orElseGet(() -> open(header));
  }

  private Optional<CaseId> match(StudyHeader first) {
    var byWorklist = scheduled.caseOf(first.siteId(), first.study());
    if (byWorklist.isPresent()) {
      return byWorklist;
    }
    var byAccession =
        first.accessionNumber().isEmpty()
            ? Optional.<CaseId>empty()
            : onlyOne(
                sql.sql(BY_ACCESSION)
                    .param("site", first.siteId())
                    .param("accession", first.accessionNumber()));
    if (byAccession.isPresent()) {
      return byAccession;
    }
    var ordered = scheduled.orderOf(first.siteId(), first.study(), first.accessionNumber());
    if (ordered.isPresent()) {
      return Optional.of(open(first, ordered.get()));
    }
    if (first.patientId().isEmpty()) {
      return Optional.empty();
    }
    return onlyOne(
        sql.sql(BY_PATIENT)
            .param("site", first.siteId())
            .param("patient", first.patientId())
            .param("issuer", first.issuerOfPatientId())
            .param("accession", first.accessionNumber())
            .param("window", (double) settings.matchWindow().toSeconds()));
  }

  /** Two candidates are none: a wrong patient's case would be worse than a case of its own. */
  private static Optional<CaseId> onlyOne(JdbcClient.StatementSpec query) {
    var found = query.query((row, n) -> new CaseId(row.getObject(1, UUID.class))).list();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private CaseId open(StudyHeader first) {
    var name = first.patientName();
    var group = name.alphabetic().isEmpty() ? name.ideographic() : name.alphabetic();
    var patient =
        new CasePatient(
            group.familyName(),
            group.givenName(),
            first.patientId(),
            first.issuerOfPatientId(),
            first.patientBirthDate(),
            Set.of("F", "M", "O").contains(first.patientSex()) ? first.patientSex() : "");
    var request =
        new CaseRequest(
            specialty(first),
            first.urgency(),
            first.bodyPartExamined(),
            side(first.laterality()),
            "",
            "",
            null,
            first.accessionNumber(),
            first.byModality());
    return cases
        .open(first.siteId(), patient, request, CaseHappening.byHub(CaseEventKind.OPENED_BY_STUDY))
        .id();
  }

  /** A case of what was ordered; the pictures say of which part of the body and of whom it is. */
  private CaseId open(StudyHeader first, ArrivedStudies.Ordered ordered) {
    var request =
        ordered.request(specialty(first), first.bodyPartExamined(), side(first.laterality()));
    var file =
        cases.open(
            first.siteId(),
            ordered.patient(),
            request,
            CaseHappening.byHub(CaseEventKind.OPENED_BY_STUDY));
    cases.append(
        file,
        CaseHappening.byHub(CaseEventKind.REQUEST_EDITED).request(ordered.patient(), request));
    return file.id();
  }

  private Specialty specialty(StudyHeader first) {
    if (first.modality().isEmpty() || first.modality().equals("OT")) {
      return sites.byId(first.siteId()).orElseThrow().defaultSpecialty();
    }
    return LIGHT.contains(first.modality()) ? Specialty.DERMATOLOGY : Specialty.RADIOLOGY;
  }

  private static @Nullable Laterality side(String code) {
    return switch (code) {
      case "R" -> Laterality.R;
      case "L" -> Laterality.L;
      case "B" -> Laterality.B;
      case "U" -> Laterality.U;
      default -> null;
    };
  }
}
