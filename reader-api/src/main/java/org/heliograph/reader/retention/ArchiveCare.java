package org.heliograph.reader.retention;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.BriefLocks;
import org.heliograph.archive.catalog.Catalog;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.patients.ChangeResult;
import org.heliograph.archive.patients.PatientChange;
import org.heliograph.archive.patients.PatientChanges;
import org.heliograph.archive.patients.PatientCorrection;
import org.heliograph.archive.patients.PatientKey;
import org.heliograph.archive.reject.Rejection;
import org.heliograph.archive.reject.Rejections;
import org.heliograph.archive.retention.LegalHold;
import org.heliograph.archive.retention.LegalHolds;
import org.heliograph.archive.retention.RejectOrder;
import org.heliograph.archive.retention.RejectOrders;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What persons do to patients and studies of the archive, from the web and from the command line:
 * each in one transaction with its line on the audit trail.
 */
public final class ArchiveCare {
  private static final String HEADER =
      """
      update reading.case_study
      set header_name = :name, header_patient_id = :patient, header_issuer_of_patient_id = :issuer,
          header_birth_date = :birth, header_sex = :sex
      where study_instance_uid = :study and origin = 'SENT'
      """;

  private static final String RECHECK =
      """
      insert into reading.patient_recheck (study_instance_uid)
      select study_instance_uid from reading.case_study
      where study_instance_uid = :study and origin = 'SENT'
      on conflict do nothing
      """;

  private static final String STUDIES_OF_CASE =
      "select study_instance_uid from reading.case_study where case_id = ?";

  private final JdbcClient sql;
  private final BriefLocks transaction;
  private final AuditTrail audit;
  private final Catalog catalog;
  private final PatientChanges patients;
  private final Rejections rejections;
  private final LegalHolds holds;
  private final InstantSource clock;

  public ArchiveCare(DataSource database, InstantSource clock) {
    this.sql = JdbcClient.create(database);
    this.transaction = BriefLocks.on(database);
    this.audit = AuditTrail.over(database);
    this.catalog = new Catalog(database);
    this.patients = new PatientChanges(database, clock);
    this.rejections = new Rejections(database, clock);
    this.holds = new LegalHolds(database, RetentionConfiguration.FACTS, clock);
    this.clock = clock;
  }

  /** Corrects attributes of a patient. */
  public ChangeResult.Changed update(
      PatientKey key, PatientCorrection values, String reason, Doer doer) {
    return changed("UPDATE", doer, () -> patients.update(key, values, order(doer, reason)));
  }

  /** Makes a patient one more number of another. */
  public ChangeResult.Changed merge(PatientKey wrong, PatientKey right, String reason, Doer doer) {
    return changed("MERGE", doer, () -> patients.merge(wrong, right, order(doer, reason)));
  }

  /** Takes such a change back. */
  public ChangeResult.Changed undo(UUID siteId, long change, String reason, Doer doer) {
    return changed("UNDO", doer, () -> patients.undo(siteId, change, order(doer, reason)));
  }

  private ChangeResult.Changed changed(String what, Doer doer, Supplier<ChangeResult> change) {
    return transaction.run(() ->
        switch (change.get()) {
          case ChangeResult.Changed done -> {
            done.studies().forEach(this::tellCase);
            record(
                AuditEvent.of(AuditKind.PATIENT_RECORD, AuditAction.UPDATE)
                    .about("patient-change", done.changeId())
                    .detail(what + " " + done.studies().size() + " studies"),
                doer);
            yield done;
          }
          case ChangeResult.NotChanged not -> throw problem(not.reason());
        });
  }

  private static ProblemException problem(ChangeResult.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> new ProblemException(ProblemCode.PATIENT_UNKNOWN);
      case NOTHING_TO_DO -> new ProblemException(ProblemCode.PATIENT_SAME);
      case ID_OF_ANOTHER -> new ProblemException(ProblemCode.PATIENT_ID_TAKEN);
      case CHANGED_SINCE -> new ProblemException(ProblemCode.PATIENT_CHANGED_SINCE);
      case NOT_UNDOABLE -> new ProblemException(ProblemCode.PATIENT_CHANGE_FINAL);
    };
  }

  /** The case compares its request with what the images now say. */
  private void tellCase(StudyInstanceUid uid) {
    StoredStudy study = catalog.study(uid).orElse(null);
    if (study != null) {
      sql.sql(HEADER)
          .param("name", study.patientName().value())
          .param("patient", study.patientId())
          .param("issuer", study.issuerOfPatientId())
          .param("birth", study.patientBirthDate())
          .param("sex", study.patientSex())
          .param("study", uid.value().value())
          .update();
      sql.sql(RECHECK).param("study", uid.value().value()).update();
    }
  }

  /** The changes of a patient, newest first. */
  public List<PatientChange> history(PatientKey key, Doer doer) {
    return transaction.run(() -> {
      record(
          AuditEvent.of(AuditKind.PATIENT_RECORD, AuditAction.READ)
              .about("site", key.siteId())
              .detail("HISTORY"),
          doer);
      return patients.history(key);
    });
  }

  /**
   * Orders a rejection; the hub makes the note.
   *
   * @return the number of the order
   */
  public long reject(RejectOrder order, Doer doer) {
    return transaction.run(() -> {
      if (order.removeAfterDays() != null && holds.isHeld(order.study())) {
        throw new ProblemException(ProblemCode.STUDY_HELD);
      }
      long id = RejectOrders.place(sql, order, clock.instant());
      record(
          AuditEvent.of(
                  AuditKind.STUDY_DELETED,
                  order.removeAfterDays() == null ? AuditAction.UPDATE : AuditAction.DELETE)
              .about("study", order.study())
              .detail("REJECT " + order.code().value()),
          doer);
      return id;
    });
  }

  /** Takes a reject note back. */
  public void restore(long rejection, String reason, Doer doer) {
    transaction.run(() -> {
      Rejection known =
          rejections.byId(rejection).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
      ChangeOrder order = order(doer, reason);
      if (!rejections.withdraw(rejection, order.actor(), order.reason())) {
        throw new ProblemException(ProblemCode.REJECTION_WITHDRAWN);
      }
      record(
          AuditEvent.of(AuditKind.STUDY_DELETED, AuditAction.UPDATE)
              .about("study", known.study())
              .detail("RESTORE " + known.code().value()),
          doer);
      return known;
    });
  }

  /** Rejections of a study, newest first. */
  public List<Rejection> rejections(StudyInstanceUid study) {
    return rejections.of(study);
  }

  /** Whether a site goes on showing what was rejected for quality. */
  public void quality(UUID siteId, Rejections.Quality quality, Doer doer) {
    rejections.quality(siteId, quality);
    record(
        AuditEvent.of(AuditKind.SECURITY_ALERT, AuditAction.UPDATE)
            .about("site", siteId)
            .detail("QUALITY_" + quality),
        doer);
  }

  /** Puts a study under legal hold. */
  public long holdStudy(UUID siteId, StudyInstanceUid study, String reason, Doer doer) {
    return held("study", study, doer, () -> holds.study(siteId, study, order(doer, reason)));
  }

  /** Puts all studies of a patient under legal hold. */
  public long holdPatient(PatientKey key, String reason, Doer doer) {
    long patient =
        patients.standing(key).orElseThrow(() -> new ProblemException(ProblemCode.PATIENT_UNKNOWN));
    return held(
        "patient", patient, doer, () -> holds.patient(key.siteId(), patient, order(doer, reason)));
  }

  /** Puts the studies of a case under legal hold. */
  public long holdCase(UUID siteId, UUID caseId, String reason, Doer doer) {
    return held(
        "case",
        caseId,
        doer,
        () -> {
          Collection<StudyInstanceUid> studies =
              sql.sql(STUDIES_OF_CASE)
                  .param(caseId)
                  .query((row, _) -> StudyInstanceUid.of(row.getString(1)))
                  .list();
          return holds.ofCase(siteId, caseId, studies, order(doer, reason));
        });
  }

  private long held(String kind, Object id, Doer doer, Supplier<Long> place) {
    return transaction.run(() -> {
      long hold = place.get();
      record(
          AuditEvent.of(AuditKind.PATIENT_RECORD, AuditAction.UPDATE)
              .about(kind, id)
              .detail("HOLD " + hold),
          doer);
      return hold;
    });
  }

  /** Releases a hold. */
  public void release(long hold, String reason, Doer doer) {
    transaction.run(() -> {
      if (!holds.release(hold, order(doer, reason))) {
        throw new ProblemException(ProblemCode.NOT_FOUND);
      }
      record(
          AuditEvent.of(AuditKind.PATIENT_RECORD, AuditAction.UPDATE)
              .about("hold", hold)
              .detail("RELEASE"),
          doer);
      return hold;
    });
  }

  /** The holds that stand. */
  public List<LegalHold> holds() {
    return holds.standing();
  }

  /** The study, if the archive has it. */
  public StoredStudy study(StudyInstanceUid study) {
    return catalog.study(study).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  private void record(AuditEvent event, Doer doer) {
    audit.record(doer.by(event));
  }

  private static ChangeOrder order(Doer doer, String reason) {
    if (reason.isBlank()) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "reason", "missing");
    }
    return new ChangeOrder(doer.name(), reason);
  }
}
