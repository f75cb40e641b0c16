package org.heliograph.reader.worklist;

import java.util.HashMap;
import java.util.UUID;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseSummaries;
import org.heliograph.reader.cases.CaseView;
import org.heliograph.reader.cases.CaseViews;
import org.heliograph.reader.cases.FormText;
import org.heliograph.reader.cases.PageCursor;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/worklist} and what a reader does with one case of it. */
@RestController
@RequestMapping("/api")
class WorklistEndpoint {
  private static final int LONGEST_TEXT = 8000;
  private static final String BY_DEADLINE =
      """
      where c.state in ('WAITING', 'CLAIMED', 'REPORTED', 'NEEDS_INFO')
        and c.deadline_at is not null
        and (:time::timestamptz is null or (c.deadline_at, c.id) > (:time, :after))
      order by c.deadline_at, c.id
      limit :rows
      """;

  /** The body of what a reader sends with a command; which fields count depends on the command. */
  record ReaderForm(
      @Nullable Long version, @Nullable String kind, @Nullable String code, @Nullable String text) {
    @Override
    public String toString() {
      return "ReaderForm[" + version + "]";
    }
  }

  private final ReaderCommands commands;
  private final CaseViews views;
  private final CaseSummaries summaries;
  private final CurrentPerson currentPerson;
  private final AuditTrail audit;

  WorklistEndpoint(
      ReaderCommands commands,
      CaseViews views,
      CaseSummaries summaries,
      CurrentPerson currentPerson,
      AuditTrail audit) {
    this.commands = commands;
    this.views = views;
    this.summaries = summaries;
    this.currentPerson = currentPerson;
    this.audit = audit;
  }

  @GetMapping("/worklist")
  @Transactional
  CaseSummaries.Page list(
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", required = false) @Nullable Integer limit) {
    var person = currentPerson.require(Role.READER, Role.COORDINATOR);
    int rows = PageCursor.limit(limit);
    var after = PageCursor.parse(cursor);
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("time", after == null ? null : after.timestamp());
    parameters.put("after", after == null ? new UUID(0, 0) : after.id());
    parameters.put("rows", rows + 1);
    audit.record(AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE).about("cases", "worklist"));
    return CaseSummaries.Page.of(
        summaries.select(person.id(), BY_DEADLINE, parameters),
        rows,
        last -> PageCursor.byDeadline(last).text());
  }

  @PostMapping("/worklist/next")
  @Transactional
  ResponseEntity<CaseView> next() {
    var reader = currentPerson.require(Role.READER);
    return commands
        .claimNext(reader)
        .map(file -> ResponseEntity.ok(views.changed(file.id(), reader, "claim")))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  @PostMapping("/cases/{id}/claim")
  @Transactional
  CaseView claim(@PathVariable("id") UUID id) {
    var reader = currentPerson.require(Role.READER);
    commands.claim(new CaseId(id), reader);
    return views.changed(new CaseId(id), reader, "claim");
  }

  @PostMapping("/cases/{id}/release")
  @Transactional
  CaseView release(@PathVariable("id") UUID id) {
    var reader = currentPerson.require(Role.READER);
    commands.release(new CaseId(id), reader);
    return views.changed(new CaseId(id), reader, "release");
  }

  @PostMapping("/cases/{id}/renew")
  @Transactional
  CaseView renew(@PathVariable("id") UUID id) {
    var reader = currentPerson.require(Role.READER);
    commands.renew(new CaseId(id), reader);
    return views.open(new CaseId(id), reader);
  }

  @PostMapping("/cases/{id}/needs-info")
  @Transactional
  CaseView needsInfo(@PathVariable("id") UUID id, @RequestBody ReaderForm form) {
    var reader = currentPerson.require(Role.READER);
    commands.ask(
        new CaseId(id),
        reader,
        version(form),
        FormText.word("kind", ReaderCommands.Need.class, form.kind()),
        FormText.required("text", FormText.paragraphs("text", form.text(), LONGEST_TEXT)));
    return views.changed(new CaseId(id), reader, "needs-info");
  }

  @PostMapping("/cases/{id}/reject")
  @Transactional
  CaseView reject(@PathVariable("id") UUID id, @RequestBody ReaderForm form) {
    var reader = currentPerson.require(Role.READER);
    commands.reject(
        new CaseId(id),
        reader,
        version(form),
        FormText.word("code", ReaderCommands.Refusal.class, form.code()),
        FormText.paragraphs("text", form.text(), LONGEST_TEXT));
    return views.changed(new CaseId(id), reader, "reject");
  }

  private static long version(ReaderForm form) {
    if (form.version() == null) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "version", "missing");
    }
    return form.version();
  }
}
