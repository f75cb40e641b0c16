package org.heliograph.reader.intake;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.heliograph.archive.ingest.photo.PhotoHeader;
import org.heliograph.archive.ingest.photo.PhotoWarning;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseImages;
import org.heliograph.reader.cases.CaseReadiness;
import org.heliograph.reader.cases.CaseStudy;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.Laterality;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The database's part of making a photo of an upload: one transaction before, one after. */
@Component
class PhotoFiling {
  private static final int PHOTO_SERIES_NUMBER = 900;

  private final Cases cases;
  private final CaseReadiness readiness;
  private final CaseStudyRows studies;
  private final PhotoRows photos;
  private final UploadRows uploads;
  private final AuditTrail audit;

  PhotoFiling(
      Cases cases,
      CaseReadiness readiness,
      CaseStudyRows studies,
      PhotoRows photos,
      UploadRows uploads,
      AuditTrail audit) {
    this.cases = cases;
    this.readiness = readiness;
    this.studies = studies;
    this.photos = photos;
    this.uploads = uploads;
    this.audit = audit;
  }

  /** The header for the photo; its place in the case's study is given once and kept. */
  @Transactional
  PhotoHeader header(Upload upload) {
    var file = cases.lock(upload.caseId());
    var place =
        photos
            .place(upload.id())
            .orElseGet(() -> photos.take(upload.id(), upload.caseId(), study(file)));
    var patient = file.patient();
    var request = file.request();
    return new PhotoHeader(
        file.siteId(),
        place.study(),
        place.series(),
        place.instance(),
        PHOTO_SERIES_NUMBER,
        place.number(),
        PersonName.of(patient.familyName(), patient.givenName()),
        patient.id().isEmpty() ? file.number() : patient.id(),
        patient.issuer(),
        patient.birthDate(),
        patient.sex(),
        request.accessionNumber(),
        codeString(request.bodyPart()),
        laterality(request.laterality()),
        upload.view(),
        upload.createdAt());
  }

  /** Counts the photo, tells the case, and moves it on if that was the last one. */
  @Transactional
  void stored(Upload upload, long archiveStudyId, int width, int height, Set<PhotoWarning> found) {
    var file = cases.lock(upload.caseId());
    if (!photos.stored(
        upload.id(), width, height, found.stream().map(PhotoWarning::text).sorted().toList())) {
      return;
    }
    uploads.end(upload.id(), Upload.State.STORED, null);
    photos.place(upload.id()).ifPresent(p -> studies.archived(p.study(), archiveStudyId));
    audit.record(
        AuditEvent.of(AuditKind.IMPORT, AuditAction.CREATE)
            .about("case", upload.caseId())
            .detail("photo"));
    var images = file.images();
    var counted =
        cases.count(
            file,
            new CaseImages(
                images.modality().isEmpty() ? "XC" : images.modality(),
                images.photoCount() + 1,
                images.sentCount(),
                images.mismatch()));
    readiness.settle(
        cases.append(counted, CaseHappening.by(upload.personId(), CaseEventKind.IMAGES_ARRIVED)));
  }

  /** Ends an upload that will be no photo; the case may go on without it. */
  @Transactional
  void ended(Upload upload, Upload.State state, String code) {
    var file = cases.lock(upload.caseId());
    if (uploads.end(upload.id(), state, code.isEmpty() ? null : code)) {
      readiness.settle(file);
    }
  }

  /** A modality's study if one is there, else the one of the photos before, else a new one. */
  private StudyInstanceUid study(CaseFile file) {
    List<CaseStudy> known = cases.studies(file.id());
    return known.stream()
        .filter(study -> study.origin() == CaseStudy.Origin.SENT)
        .findFirst()
        .or(() -> known.stream().findFirst())
        .map(CaseStudy::study)
        .orElseGet(() -> newStudy(file));
  }

  private StudyInstanceUid newStudy(CaseFile file) {
    var study = new StudyInstanceUid(Uid.create());
    studies.linkPhotos(file.id(), study);
    return study;
  }

  /** A CS value, or empty if the clinic's words make none (PS3.5 6.2). */
  static String codeString(String words) {
    var code = words.strip().toUpperCase(Locale.ROOT);
    return code.matches("[A-Z0-9 _]{1,16}") ? code : "";
  }

  private static String laterality(@org.jspecify.annotations.Nullable Laterality side) {
    return side == null ? "" : side.name();
  }
}
