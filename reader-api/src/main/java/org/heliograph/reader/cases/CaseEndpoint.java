package org.heliograph.reader.cases;

import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.UUID;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/cases}: the clinic's side of a case, and every role's view of it. */
@RestController
@RequestMapping("/api/cases")
class CaseEndpoint {
  private static final String NEWEST =
      """
      where (cardinality(:states) = 0 or c.state = any (:states))
        and (:time::timestamptz is null or (c.created_at, c.id) < (:time, :after))
      order by c.created_at desc, c.id desc
      limit :rows
      """;

  private final ClinicCommands commands;
  private final CaseViews views;
  private final CaseSummaries summaries;
  private final CurrentPerson currentPerson;
  private final AuditTrail audit;
  private final InstantSource clock;

  CaseEndpoint(
      ClinicCommands commands,
      CaseViews views,
      CaseSummaries summaries,
      CurrentPerson currentPerson,
      AuditTrail audit,
      InstantSource clock) {
    this.commands = commands;
    this.views = views;
    this.summaries = summaries;
    this.currentPerson = currentPerson;
    this.audit = audit;
    this.clock = clock;
  }

  @GetMapping
  @Transactional
  CaseSummaries.Page list(
      @RequestParam(name = "state", defaultValue = "") String state,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", required = false) @Nullable Integer limit) {
    Person person = currentPerson.require();
    int rows = PageCursor.limit(limit);
    var after = PageCursor.parse(cursor);
    var parameters = new java.util.HashMap<String, @Nullable Object>();
    parameters.put("states", states(state));
    parameters.put("time", after == null ? null : after.timestamp());
    parameters.put("after", after == null ? new UUID(0, 0) : after.id());
    parameters.put("rows", rows + 1);
    audit.record(
        AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE).about("cases", "list").detail(state));
    return CaseSummaries.Page.of(
        summaries.select(person.id(), NEWEST, parameters),
        rows,
        last -> new PageCursor(last.createdAt(), last.id()).text());
  }

  @PostMapping
  @Transactional
  ResponseEntity<CaseView> create(@RequestBody CaseForms.NewCase form) {
    Person clinic = currentPerson.require(Role.CLINIC);
    var file =
        commands.create(
            clinic,
            present("patient", form.patient()).checked(clock.instant()),
            present("request", form.request()).checked());
    return ResponseEntity.created(URI.create("/api/cases/" + file.id()))
        .body(views.changed(file.id(), clinic, "create"));
  }

  @GetMapping("/{id}")
  CaseView open(@PathVariable("id") UUID id) {
    return views.open(new CaseId(id), currentPerson.require());
  }

  @PutMapping("/{id}/request")
  @Transactional
  CaseView edit(@PathVariable("id") UUID id, @RequestBody CaseForms.EditedRequest form) {
    Person clinic = currentPerson.require(Role.CLINIC);
    var patient = form.patient() == null ? null : form.patient().checked(clock.instant());
    commands.edit(
        new CaseId(id),
        clinic,
        version(form.version()),
        patient,
        present("request", form.request()).checked());
    return views.changed(new CaseId(id), clinic, "request");
  }

  @PostMapping("/{id}/submit")
  @Transactional
  CaseView submit(@PathVariable("id") UUID id, @RequestBody CaseForms.Versioned form) {
    Person clinic = currentPerson.require(Role.CLINIC);
    commands.submit(new CaseId(id), clinic, version(form.version()));
    return views.changed(new CaseId(id), clinic, "submit");
  }

  @PostMapping("/{id}/cancel")
  @Transactional
  CaseView cancel(@PathVariable("id") UUID id, @RequestBody CaseForms.Versioned form) {
    Person person = currentPerson.require(Role.CLINIC, Role.COORDINATOR);
    var reason = FormText.paragraphs("reason", form.reason(), CaseForms.LONGEST_TEXT);
    commands.cancel(
        new CaseId(id), person, version(form.version()), FormText.required("reason", reason));
    return views.changed(new CaseId(id), person, "cancel");
  }

  @PostMapping("/{id}/answer")
  @Transactional
  CaseView answer(@PathVariable("id") UUID id, @RequestBody CaseForms.Versioned form) {
    Person clinic = currentPerson.require(Role.CLINIC);
    var text = FormText.paragraphs("text", form.text(), CaseForms.LONGEST_TEXT);
    commands.answer(
        new CaseId(id), clinic, version(form.version()), FormText.required("text", text));
    return views.changed(new CaseId(id), clinic, "answer");
  }

  @PostMapping("/{id}/messages")
  @Transactional
  CaseView message(@PathVariable("id") UUID id, @RequestBody CaseForms.Versioned form) {
    Person person = currentPerson.require();
    var text = FormText.paragraphs("text", form.text(), CaseForms.LONGEST_TEXT);
    commands.message(new CaseId(id), person, FormText.required("text", text));
    return views.changed(new CaseId(id), person, "message");
  }

  private static String[] states(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .map(word -> FormText.word("state", CaseState.class, word).name())
        .toArray(String[]::new);
  }

  static long version(@Nullable Long version) {
    return present("version", version);
  }

  private static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, field, "missing");
    }
    return value;
  }
}
