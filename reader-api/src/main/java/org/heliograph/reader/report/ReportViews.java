package org.heliograph.reader.report;

import java.util.List;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseSection;
import org.heliograph.reader.report.ReportDocument.Signature;
import org.heliograph.reader.report.ReportView.Signer;
import org.heliograph.reader.report.ReportView.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What each person sees of a report: the reader who holds the case the draft, the clinic and the
 * coordinator what was issued, the referrer what was signed.
 */
@Component
class ReportViews implements CaseSection {
  private final ReportRows rows;

  ReportViews(ReportRows rows) {
    this.rows = rows;
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public @Nullable Object of(CaseFile file, Person person) {
    ReportView view = view(file, person);
    return view.status() == Status.NONE ? null : view;
  }

  ReportView view(CaseFile file, Person person) {
    List<ReportIssue> issues = rows.issues(file.id());
    ReportIssue signed = last(issues, ReportIssue.Kind.FINAL);
    if (signed != null) {
      return signed(file, signed, issues);
    }
    boolean writes = file.isReadBy(person.id());
    ReportDraft draft = writes ? rows.draft(file.id()) : ReportDraft.NONE;
    ReportIssue preliminary = last(issues, ReportIssue.Kind.PRELIMINARY);
    if (preliminary != null && person.role() != Role.REFERRER) {
      // The writer goes on from the draft; everybody else reads what was issued.
      ReportSections shown = writes ? draft.sections() : preliminary.sections();
      return new ReportView(
          Status.PRELIMINARY,
          draft.version(),
          shown,
          signer(preliminary.signature()),
          preliminary.at(),
          List.of(),
          null);
    }
    Status status = draft.version() == 0 ? Status.NONE : Status.DRAFT;
    return new ReportView(status, draft.version(), draft.sections(), null, null, List.of(), null);
  }

  private ReportView signed(CaseFile file, ReportIssue signed, List<ReportIssue> issues) {
    List<ReportView.Addendum> addenda =
        issues.stream()
            .filter(issue -> issue.kind() == ReportIssue.Kind.ADDENDUM)
            .map(i -> new ReportView.Addendum(i.text(), signer(i.signature()), i.at()))
            .toList();
    return new ReportView(
        addenda.isEmpty() ? Status.FINAL : Status.AMENDED,
        rows.draft(file.id()).version(),
        signed.sections(),
        signer(signed.signature()),
        signed.at(),
        addenda,
        "/api/cases/" + file.id() + "/report.pdf");
  }

  static @Nullable ReportIssue last(List<ReportIssue> issues, ReportIssue.Kind kind) {
    return issues.stream().filter(issue -> issue.kind() == kind).reduce((a, b) -> b).orElse(null);
  }

  private static Signer signer(Signature signature) {
    return new Signer(signature.name(), signature.credentials());
  }
}
