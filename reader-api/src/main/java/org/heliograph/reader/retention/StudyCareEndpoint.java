package org.heliograph.reader.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.archive.retention.RejectOrder;
import org.heliograph.archive.retention.RejectOrders;
import org.heliograph.archive.retention.Retention;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/studies/{study}}: rejection, deletion and holds by coordinators. */
@RestController
@RequestMapping("/api")
class StudyCareEndpoint {
  record Line(
      long rejection,
      RejectCode code,
      String note,
      String origin,
      String reason,
      boolean hides,
      int hidden,
      Instant receivedAt,
      @Nullable Instant withdrawnAt,
      @Nullable Instant removalDueAt) {}

  private final ArchiveCare care;
  private final Retention retention;
  private final CurrentPerson person;

  StudyCareEndpoint(ArchiveCare care, Retention retention, CurrentPerson person) {
    this.care = care;
    this.retention = retention;
    this.person = person;
  }

  private Doer coordinator() {
    return Doer.of(person.require(Role.COORDINATOR));
  }

  private StoredStudy study(String uid) {
    if (!Uid.isValid(uid)) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
    return care.study(StudyInstanceUid.of(uid));
  }

  @PostMapping("/studies/{study}/reject")
  List<Line> reject(@PathVariable("study") String uid, @RequestBody CareForms.Reject form) {
    Doer doer = coordinator();
    StoredStudy study = study(uid);
    Uid series = CareForms.uid("series", form.series());
    Uid instance = CareForms.uid("instance", form.instance());
    long order =
        care.reject(
            new RejectOrder(
                study.siteId(),
                study.study(),
                series == null ? null : new SeriesInstanceUid(series),
                instance == null ? null : new SopInstanceUid(instance),
                form.checkedCode(),
                new ChangeOrder(doer.name(), CareForms.reason(form.reason())),
                !Boolean.TRUE.equals(form.withReports()),
                form.checkedDays()),
            doer);
    if (retention.orders().carryOut(order) == RejectOrders.State.NOTHING) {
      throw new ProblemException(ProblemCode.NOTHING_TO_REJECT);
    }
    return lines(study);
  }

  @GetMapping("/studies/{study}/rejections")
  List<Line> rejections(@PathVariable("study") String uid) {
    coordinator();
    return lines(study(uid));
  }

  private List<Line> lines(StoredStudy study) {
    return care.rejections(study.study()).stream()
        .map(r ->
            new Line(
                r.id(),
                r.code(),
                r.note().value().value(),
                r.origin(),
                r.reason(),
                r.hides(),
                r.hiddenCount(),
                r.receivedAt(),
                r.withdrawnAt(),
                r.removalDueAt()))
        .toList();
  }

  @PostMapping("/rejections/{rejection}/withdraw")
  Map<String, Long> withdraw(
      @PathVariable("rejection") long rejection, @RequestBody CareForms.Reason form) {
    Doer doer = coordinator();
    care.restore(rejection, CareForms.reason(form.reason()), doer);
    return Map.of("rejection", rejection);
  }

  @PostMapping("/studies/{study}/hold")
  Map<String, Long> hold(@PathVariable("study") String uid, @RequestBody CareForms.Reason form) {
    Doer doer = coordinator();
    StoredStudy study = study(uid);
    return Map.of(
        "hold",
        care.holdStudy(study.siteId(), study.study(), CareForms.reason(form.reason()), doer));
  }

  @DeleteMapping("/holds/{hold}")
  Map<String, Long> release(@PathVariable("hold") long hold, @RequestBody CareForms.Reason form) {
    Doer doer = coordinator();
    care.release(hold, CareForms.reason(form.reason()), doer);
    return Map.of("hold", hold);
  }
}
