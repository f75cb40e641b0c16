package org.heliograph.reader.intake;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.heliograph.archive.ingest.Arrival;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseImages;
import org.heliograph.reader.cases.CaseMismatch;
import org.heliograph.reader.cases.CasePatient;
import org.heliograph.reader.cases.CaseRequest;
import org.heliograph.reader.cases.CaseSettings;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.Laterality;
import org.heliograph.reader.cases.Urgency;
import org.heliograph.reader.orders.ArrivedStudies;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts the images of one study that a modality sent to their case: the case that has the study,
 * else the open case that the worklist gave its UID for, else the one open case with its accession
 * number, else a case of what was ordered, else the one open case that waits for an X-ray of this
 * patient, else a case of its own from the site's defaults.
 */
@Component
class ArrivalFiling {
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
  private static final String QUIET =
      """
      update reading.case_file
      set quiet_until = clock_timestamp() + make_interval(secs => ?)
      where id = ? and state in ('DRAFT', 'SUBMITTED', 'RECEIVING')
      """;

  private final JdbcClient sql;
  private final Cases cases;
  private final CaseMismatch mismatch;
  private final CaseStudyRows studies;
  private final CaseSettings settings;
  private final Sites sites;
  private final ArrivedStudies scheduled;
  private final AuditTrail audit;

  ArrivalFiling(
      JdbcClient sql,
      Cases cases,
      CaseMismatch mismatch,
      CaseStudyRows studies,
      CaseSettings settings,
      Sites sites,
      ArrivedStudies scheduled,
      AuditTrail audit) {
    this.sql = sql;
    this.cases = cases;
    this.mismatch = mismatch;
    this.studies = studies;
    this.settings = settings;
    this.sites = sites;
    this.scheduled = scheduled;
    this.audit = audit;
  }

  /** Files new images of one study; a failure undoes this study's part only. */
  @Transactional(propagation = Propagation.NESTED)
  void file(List<Arrival> ofOneStudy) {
    var first = ofOneStudy.getFirst();
    sql.sql("select pg_advisory_xact_lock(hashtextextended(?, 7))")
        .param(first.study().value().value())
        .query((row, n) -> true)
        .single();
    var known = studies.caseOf(first.study());
    var file = cases.lock(known.or(() -> match(first)).orElseGet(() -> open(first)));
    boolean linked = known.isEmpty();
    if (linked) {
      studies.linkSent(file.id(), first);
      var caseId = file.id();
      scheduled
          .orderOf(first.siteId(), first.study(), first.accessionNumber())
          .ifPresent(ordered -> scheduled.arrived(ordered, caseId));
      audit.record(
          AuditEvent.of(AuditKind.INSTANCES_TRANSFERRED, AuditAction.CREATE)
              .about("case", file.id())
              .by(null, first.origin())
              .from(""));
    }
    studies.archived(first.study(), first.studyId());
    file = cases.count(file, counted(file, first.modality(), ofOneStudy.size()));
    if (linked || file.state() == org.heliograph.reader.cases.CaseState.SUBMITTED) {
      file = cases.append(file, CaseHappening.byHub(CaseEventKind.IMAGES_ARRIVED));
    }
    mismatch.check(file);
    sql.sql(QUIET)
        .params((double) settings.quietPeriod().toMillis() / 1000, file.id().value())
        .update();
  }

  private Optional<CaseId> match(Arrival first) {
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

  private CaseId open(Arrival first) {
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
            Urgency.ROUTINE,
            first.bodyPartExamined(),
            side(first.laterality()),
            "",
            "",
            null,
            first.accessionNumber(),
            true);
    return cases
        .open(first.siteId(), patient, request, CaseHappening.byHub(CaseEventKind.OPENED_BY_STUDY))
        .id();
  }

  /** A case of what was ordered; the pictures say of which part of the body and of whom it is. */
  private CaseId open(Arrival first, ArrivedStudies.Ordered ordered) {
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

  private Specialty specialty(Arrival first) {
    if (first.modality().isEmpty() || first.modality().equals("OT")) {
      return sites.byId(first.siteId()).orElseThrow().defaultSpecialty();
    }
    return LIGHT.contains(first.modality()) ? Specialty.DERMATOLOGY : Specialty.RADIOLOGY;
  }

  private static CaseImages counted(CaseFile file, String modality, int more) {
    var images = file.images();
    return new CaseImages(
        images.sentCount() == 0 && !modality.isEmpty() ? modality : images.modality(),
        images.photoCount(),
        images.sentCount() + more,
        images.mismatch());
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
