package org.heliograph.reader.report;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.access.PasswordCheck;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.PicturesUnderWay;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.report.ReportDocument.Signature;
import org.heliograph.reader.report.ReportDocument.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a reader does with a report. A draft is saved over; an issue is appended and never changed.
 * The PDF is rendered before the transaction that signs, and that transaction refuses if the text
 * has changed meanwhile: what was rendered is what is signed.
 */
@Component
public class Reports {
  private final Cases cases;
  private final ReportRows rows;
  private final ReportViews views;
  private final ReportDocuments documents;
  private final PasswordCheck passwords;
  private final AfterSignature afterSignature;
  private final PicturesUnderWay underWay;
  private final InstantSource clock;
  private final TransactionTemplate transaction;
  private final ReportPdf pdf = new ReportPdf();

  Reports(
      Cases cases,
      ReportRows rows,
      ReportViews views,
      ReportDocuments documents,
      PasswordCheck passwords,
      AfterSignature afterSignature,
      PicturesUnderWay underWay,
      InstantSource clock,
      TransactionTemplate transaction) {
    this.cases = cases;
    this.rows = rows;
    this.views = views;
    this.documents = documents;
    this.passwords = passwords;
    this.afterSignature = afterSignature;
    this.underWay = underWay;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** The report as the person may see it; joins the caller's transaction. */
  public ReportView view(CaseFile file, Person person) {
    return views.view(file, person);
  }

  /** Saves a draft over version {@code version}; TR-0200 if somebody saved in between. */
  void save(CaseId id, Person reader, long version, ReportSections sections) {
    transaction.executeWithoutResult(status -> {
      CaseFile file = writable(cases.lock(id, reader), reader);
      var saved = rows.saveDraft(file.id(), reader.id(), version, sections);
      if (saved.isEmpty()) {
        throw changed(version, rows.draft(id));
      }
    });
  }

  /** Issues the draft as a preliminary report, which the clinic may read. */
  void preliminary(CaseId id, Person reader, long version) {
    transaction.executeWithoutResult(status -> {
      CaseFile file = writable(cases.lock(id, reader), reader);
      ReportDraft draft = complete(draft(id, version));
      var issue = issue(file, ReportIssue.Kind.PRELIMINARY, draft.sections(), "", reader, null);
      rows.insert(issue, null);
      cases.append(file, CaseHappening.by(reader.id(), CaseEventKind.REPORTED));
    });
  }

  /** Signs the draft: from here on it is never changed. Durable when this returns. */
  void sign(CaseId id, Person reader, long version, char[] password) {
    confirm(reader, password);
    CaseFile before = writable(cases.visible(id, reader), reader);
    requireSamePatient(before);
    requireWhole(before);
    ReportDraft draft = complete(draft(id, version));
    var issue =
        issue(before, ReportIssue.Kind.FINAL, draft.sections(), "", reader, newUids(before));
    byte[] bytes =
        pdf.render(
            documents.of(before, Standing.FINAL, draft.sections(), issue.signature(), List.of()));
    transaction.executeWithoutResult(status -> {
      CaseFile file = writable(cases.lock(id, reader, before.version()), reader);
      requireSamePatient(file);
      requireWhole(file);
      draft(id, version);
      append(file, issue, bytes, CaseEventKind.FINAL);
    });
  }

  /** Adds a signed addendum to a final report. */
  void addendum(CaseId id, Person reader, String text, char[] password) {
    confirm(reader, password);
    CaseFile before = cases.visible(id, reader);
    if (!before.state().hasSignedReport() || !before.isReadBy(reader.id())) {
      throw new ProblemException(ProblemCode.REPORT_NOT_SIGNED);
    }
    List<ReportIssue> issues = rows.issues(id);
    var issue =
        issue(
            before, ReportIssue.Kind.ADDENDUM, ReportSections.EMPTY, text, reader, newUids(before));
    var all = new ArrayList<>(issues);
    all.add(issue);
    byte[] bytes = pdf.render(documents.signed(before, issue, all));
    transaction.executeWithoutResult(status -> {
      CaseFile file = cases.lock(id, reader);
      if (rows.issues(id).size() != issues.size()) {
        throw new ProblemException(ProblemCode.CASE_CHANGED, before.version(), file.version());
      }
      append(file, issue, bytes, CaseEventKind.AMENDED);
    });
  }

  /** The draft as it would be printed. */
  byte[] preview(CaseId id, Person reader) {
    CaseFile file = cases.visible(id, reader);
    if (!file.isReadBy(reader.id())) {
      throw new ProblemException(ProblemCode.NOT_HELD_BY_YOU, file.state());
    }
    return pdf.render(
        documents.of(file, Standing.DRAFT, rows.draft(id).sections(), null, List.of()));
  }

  /** The PDF that was signed last. */
  byte[] signedPdf(CaseId id, Person person) {
    cases.visible(id, person);
    return rows.signedPdf(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  private void append(CaseFile file, ReportIssue issue, byte[] bytes, CaseEventKind kind) {
    rows.insert(issue, bytes);
    cases.append(file, CaseHappening.by(issue.authorId(), kind));
    afterSignature.signed(file.id(), issue.id());
  }

  private void confirm(Person reader, char[] password) {
    if (!passwords.confirm(reader, password)) {
      throw new ProblemException(ProblemCode.PASSWORD_WRONG);
    }
  }

  private static CaseFile writable(CaseFile file, Person reader) {
    boolean open =
        switch (file.state()) {
          case CLAIMED, REPORTED -> true;
          default -> false;
        };
    if (!open || !file.isReadBy(reader.id())) {
      throw new ProblemException(ProblemCode.NOT_HELD_BY_YOU, file.state());
    }
    return file;
  }

  private static void requireSamePatient(CaseFile file) {
    if (!file.images().mismatch().isEmpty()) {
      throw new ProblemException(
          ProblemCode.PATIENT_MISMATCH, String.join(", ", file.images().mismatch()));
    }
  }

  /** Previews are not what a final report is made of. */
  private void requireWhole(CaseFile file) {
    underWay
        .of(file.id())
        .ifPresent(pictures -> {
          throw new ProblemException(
              ProblemCode.PICTURES_UNDER_WAY,
              pictures.totalInstances(),
              pictures.storedInstances());
        });
  }

  private ReportDraft draft(CaseId id, long version) {
    ReportDraft draft = rows.draft(id);
    if (draft.version() != version) {
      throw changed(version, draft);
    }
    return draft;
  }

  private static ReportDraft complete(ReportDraft draft) {
    if (draft.sections().findings().isBlank() && draft.sections().impression().isBlank()) {
      throw new ProblemException(ProblemCode.REPORT_EMPTY);
    }
    return draft;
  }

  private static ProblemException changed(long version, ReportDraft draft) {
    return new ProblemException(ProblemCode.REPORT_CHANGED, version, draft.version());
  }

  private ReportIssue issue(
      CaseFile file,
      ReportIssue.Kind kind,
      ReportSections sections,
      String text,
      Person author,
      @Nullable ReportUids uids) {
    return new ReportIssue(
        UUID.randomUUID(),
        file.id(),
        uids == null ? rows.issues(file.id()).size() + 1 : uids.number(),
        kind,
        sections,
        text,
        author.id(),
        new Signature(
            author.displayName(),
            author.credentials(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS)),
        uids);
  }

  /** New instances in the report series of the case, which its first signature opens. */
  private ReportUids newUids(CaseFile file) {
    List<ReportIssue> issues = rows.issues(file.id());
    ReportIssue signed = ReportViews.last(issues, ReportIssue.Kind.FINAL);
    ReportUids first = signed == null ? null : signed.uids();
    return new ReportUids(
        issues.size() + 1,
        first == null ? Uid.create().value() : first.reportSeries(),
        Uid.create().value(),
        first == null ? Uid.create().value() : first.documentSeries(),
        Uid.create().value());
  }
}
