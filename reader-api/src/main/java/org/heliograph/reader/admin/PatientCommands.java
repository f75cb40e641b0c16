package org.heliograph.reader.admin;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.patients.ChangeResult;
import org.heliograph.archive.patients.PatientChange;
import org.heliograph.archive.patients.PatientCorrection;
import org.heliograph.archive.patients.PatientKey;
import org.heliograph.reader.UsageException;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.retention.ArchiveCare;
import org.heliograph.reader.retention.Doer;
import org.heliograph.reader.retention.PatientKeys;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** Corrections of patients from the command line. */
final class PatientCommands {
  private final Sites sites;
  private final ArchiveCare care;

  PatientCommands(DataSource database, Sites sites) {
    this.sites = sites;
    this.care = new ArchiveCare(database, InstantSource.system());
  }

  Answer update(Request request) {
    PatientKey key = key(request, 1);
    PatientCorrection values;
    try {
      values =
          new PatientCorrection(
              request.option("--name").orElse(null),
              date(request.option("--birth-date").orElse(null)),
              request.option("--sex").orElse(null),
              request.option("--id").orElse(null),
              request.option("--issuer").orElse(null));
    } catch (IllegalArgumentException e) {
      throw new UsageException("The new value of --" + e.getMessage() + " is not possible.");
    }
    return changed(care.update(key, values, request.required("--reason"), Doer.CONSOLE));
  }

  Answer merge(Request request) {
    return changed(
        care.merge(key(request, 1), key(request, 2), request.required("--reason"), Doer.CONSOLE));
  }

  Answer undo(Request request) {
    return changed(
        care.undo(
            site(request), number(request.word(1)), request.required("--reason"), Doer.CONSOLE));
  }

  Answer history(Request request) {
    List<PatientChange> changes = care.history(key(request, 1), Doer.CONSOLE);
    return new Answer(
        changes.stream().map(PatientCommands::view).toList(),
        changes.isEmpty()
            ? List.of("nothing was changed")
            : changes.stream().map(PatientCommands::line).toList());
  }

  private static Answer changed(ChangeResult.Changed done) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("change", done.changeId());
    view.put("studies", done.studies().stream().map(study -> study.value().value()).toList());
    return Answer.of(
        view, "change " + done.changeId() + "  " + done.studies().size() + " studies show it");
  }

  private static Map<String, Object> view(PatientChange change) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("change", change.id());
    view.put("kind", change.kind());
    view.put("at", change.changedAt());
    view.put("by", change.actor());
    view.put("reason", change.reason());
    view.put("undoes", change.undoes());
    view.put("undoneBy", change.undoneBy());
    view.put("studies", change.studyCount());
    view.put("before", change.before());
    view.put("after", change.after());
    return view;
  }

  private static String line(PatientChange change) {
    return change.id()
        + "  "
        + change.changedAt()
        + "  "
        + change.kind()
        + (change.undoes() == null ? "" : " of " + change.undoes())
        + "  "
        + change.studyCount()
        + " studies  "
        + change.actor()
        + ": "
        + change.reason()
        + (change.undoneBy() == null ? "" : "  (undone by " + change.undoneBy() + ")");
  }

  private PatientKey key(Request request, int word) {
    return PatientKeys.parse(site(request), request.word(word));
  }

  private UUID site(Request request) {
    return sites
        .byCode(request.word(0))
        .orElseThrow(() -> new ProblemException(ProblemCode.SITE_UNKNOWN, request.word(0)))
        .id();
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException _) {
      throw new UsageException("The value of --birth-date is not a date such as 1990-12-31.");
    }
  }

  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new UsageException("Not a number: " + text);
    }
  }
}
