package org.heliograph.reader.admin;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.archive.patients.ChangeOrder;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.archive.reject.Rejection;
import org.heliograph.archive.reject.Rejections;
import org.heliograph.archive.retention.LegalHold;
import org.heliograph.archive.retention.RejectOrder;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.retention.ArchiveCare;
import org.heliograph.reader.retention.Doer;
import org.heliograph.reader.retention.PatientKeys;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** Rejection, deletion and holds from the command line; the running hub does what is ordered. */
final class StudyCommands {
  private static final int DEFAULT_DAYS = 30;

  private final Sites sites;
  private final ArchiveCare care;

  StudyCommands(DataSource database, Sites sites) {
    this.sites = sites;
    this.care = new ArchiveCare(database, InstantSource.system());
  }

  Answer reject(Request request) {
    return order(request, code(request, RejectCode.QUALITY), null);
  }

  Answer delete(Request request) {
    return order(
        request,
        code(request, RejectCode.RETENTION_EXPIRED),
        Math.clamp(
            PatientCommands.number(
                request.option("--after-days").orElse(Integer.toString(DEFAULT_DAYS))),
            0,
            36_500));
  }

  private Answer order(Request request, RejectCode code, @Nullable Integer removeAfterDays) {
    StoredStudy study = care.study(study(request));
    long order =
        care.reject(
            new RejectOrder(
                study.siteId(),
                study.study(),
                request.option("--series").map(s -> new SeriesInstanceUid(uid(s))).orElse(null),
                request.option("--instance").map(i -> new SopInstanceUid(uid(i))).orElse(null),
                code,
                new ChangeOrder(Doer.CONSOLE.name(), request.required("--reason")),
                !request.has("--with-reports"),
                removeAfterDays),
            Doer.CONSOLE);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("order", order);
    view.put("code", code.value());
    view.put("removeAfterDays", removeAfterDays);
    return Answer.of(
        view,
        "order "
            + order
            + "  "
            + code.meaning()
            + (removeAfterDays == null ? "" : ", removed after " + removeAfterDays + " days")
            + "; a running hub carries it out");
  }

  Answer rejections(Request request) {
    List<Rejection> all = care.rejections(study(request));
    return new Answer(
        all.stream().map(StudyCommands::view).toList(),
        all.isEmpty() ? List.of("none") : all.stream().map(StudyCommands::line).toList());
  }

  Answer restore(Request request) {
    long rejection = PatientCommands.number(request.word(0));
    care.restore(rejection, request.required("--reason"), Doer.CONSOLE);
    return Answer.of(Map.of("rejection", rejection), "restored  rejection " + rejection);
  }

  Answer hold(Request request) {
    String reason = request.required("--reason");
    long hold;
    String what = request.word(0);
    if (request.has("--patient")) {
      UUID site = siteOf(what);
      hold =
          care.holdPatient(
              PatientKeys.parse(site, request.required("--patient")), reason, Doer.CONSOLE);
    } else if (request.has("--case")) {
      hold = care.holdCase(siteOf(what), caseId(request.required("--case")), reason, Doer.CONSOLE);
    } else {
      StoredStudy study = care.study(study(request));
      hold = care.holdStudy(study.siteId(), study.study(), reason, Doer.CONSOLE);
    }
    return Answer.of(Map.of("hold", hold), "held  hold " + hold);
  }

  Answer release(Request request) {
    long hold = PatientCommands.number(request.word(0));
    care.release(hold, request.required("--reason"), Doer.CONSOLE);
    return Answer.of(Map.of("hold", hold), "released  hold " + hold);
  }

  Answer holds() {
    List<LegalHold> all = care.holds();
    return new Answer(
        all.stream().map(StudyCommands::view).toList(),
        all.isEmpty() ? List.of("none") : all.stream().map(StudyCommands::line).toList());
  }

  Answer quality(Request request) {
    UUID site = siteOf(request.word(0));
    Rejections.Quality quality =
        Request.constant(Rejections.Quality.class, "the second word", request.word(1));
    care.quality(site, quality, Doer.CONSOLE);
    return Answer.of(
        Map.of("site", request.word(0), "quality", quality),
        request.word(0) + "  rejected for quality: " + quality);
  }

  private static RejectCode code(Request request, RejectCode otherwise) {
    String word = request.option("--code").orElse("");
    if (word.isEmpty()) {
      return otherwise;
    }
    return RejectCode.of(word)
        .orElseGet(() ->
            Request.constant(
                RejectCode.class, "--code", word.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  private static Map<String, Object> view(Rejection rejection) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("rejection", rejection.id());
    view.put("code", rejection.code().value());
    view.put("note", rejection.note().value().value());
    view.put("origin", rejection.origin());
    view.put("reason", rejection.reason());
    view.put("hides", rejection.hides());
    view.put("hidden", rejection.hiddenCount());
    view.put("receivedAt", rejection.receivedAt());
    view.put("withdrawnAt", rejection.withdrawnAt());
    view.put("removalDueAt", rejection.removalDueAt());
    return view;
  }

  private static String line(Rejection rejection) {
    return rejection.id()
        + "  "
        + rejection.receivedAt()
        + "  "
        + rejection.code().meaning()
        + "  hides "
        + rejection.hiddenCount()
        + (rejection.withdrawnAt() == null ? "" : "  withdrawn " + rejection.withdrawnAt())
        + (rejection.removalDueAt() == null ? "" : "  removed " + rejection.removalDueAt());
  }

  private static Map<String, Object> view(LegalHold hold) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("hold", hold.id());
    view.put("scope", hold.scope());
    view.put("study", hold.studyInstanceUid());
    view.put("patient", hold.patient());
    view.put("case", hold.caseId());
    view.put("by", hold.actor());
    view.put("reason", hold.reason());
    view.put("placedAt", hold.placedAt());
    return view;
  }

  private static String line(LegalHold hold) {
    return hold.id() + "  " + hold.placedAt() + "  " + hold.scope() + "  " + hold.reason();
  }

  private UUID siteOf(String code) {
    return sites
        .byCode(code)
        .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, code))
        .id();
  }

  private static UUID caseId(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw new UsageException("The value of --case is not the id of a case.");
    }
  }

  private static StudyInstanceUid study(Request request) {
    return new StudyInstanceUid(uid(request.word(0)));
  }

  private static Uid uid(String text) {
    if (!Uid.isValid(text)) {
      throw new UsageException("Not a UID: " + text);
    }
    return new Uid(text);
  }
}
