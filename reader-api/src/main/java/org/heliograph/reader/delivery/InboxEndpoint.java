package org.heliograph.reader.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.FormText;
import org.heliograph.reader.cases.PageCursor;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.report.ReportView;
import org.heliograph.reader.report.Reports;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/inbox}: reports for the person who asked; opening marks as read. */
@RestController
@RequestMapping("/api/inbox")
class InboxEndpoint {
  private static final int ROWS = 50;
  private static final int LONGEST_COMMENT = 2000;

  private final Deliveries deliveries;
  private final Reports reports;
  private final Cases cases;
  private final Sites sites;
  private final CurrentPerson currentPerson;
  private final AuditTrail audit;
  private final InstantSource clock;

  InboxEndpoint(
      Deliveries deliveries,
      Reports reports,
      Cases cases,
      Sites sites,
      CurrentPerson currentPerson,
      AuditTrail audit,
      InstantSource clock) {
    this.deliveries = deliveries;
    this.reports = reports;
    this.cases = cases;
    this.sites = sites;
    this.currentPerson = currentPerson;
    this.audit = audit;
    this.clock = clock;
  }

  /** A page of an inbox; {@code next} is null on the last. */
  record Page(List<InboxItem> items, @Nullable String next) {}

  /** What the receiver says when acknowledging; may be empty. */
  record Acknowledgement(@Nullable String comment) {}

  @GetMapping
  @Transactional
  Page list(@RequestParam(name = "cursor", required = false) @Nullable String cursor) {
    Person person = receiver();
    var after = PageCursor.parse(cursor);
    var rows =
        deliveries.inbox(
            person,
            after == null ? null : after.time(),
            after == null ? null : after.id(),
            ROWS + 1);
    audit.record(AuditEvent.of(AuditKind.QUERY, AuditAction.EXECUTE).about("inbox", "list"));
    var shown = rows.subList(0, Math.min(ROWS, rows.size()));
    return new Page(
        shown.stream().map(delivery -> item(delivery, person, false)).toList(),
        rows.size() > ROWS ? next(shown.getLast()) : null);
  }

  @GetMapping("/{deliveryId}")
  @Transactional
  InboxItem open(@PathVariable("deliveryId") UUID id) {
    Person person = receiver();
    find(person, id);
    deliveries.markRead(id);
    audit.record(AuditEvent.of(AuditKind.PATIENT_RECORD, AuditAction.READ).about("delivery", id));
    return item(find(person, id), person, true);
  }

  @PostMapping("/{deliveryId}/acknowledge")
  @Transactional
  InboxItem acknowledge(
      @PathVariable("deliveryId") UUID id,
      @RequestBody(required = false) @Nullable Acknowledgement form) {
    Person person = receiver();
    var delivery = find(person, id);
    String comment = comment(form);
    CaseFile file = cases.lock(delivery.caseId(), person);
    // Once more, now that nothing moves: an addendum may have taken its place meanwhile.
    find(person, id);
    // Said twice is said once.
    if (deliveries.acknowledge(id, person, comment)) {
      cases.append(file, CaseHappening.by(person.id(), CaseEventKind.ACKNOWLEDGED).text(comment));
    }
    audit.record(
        AuditEvent.of(AuditKind.PATIENT_RECORD, AuditAction.UPDATE)
            .about("delivery", id)
            .detail("acknowledge"));
    return item(find(person, id), person, true);
  }

  private static String next(Deliveries.Delivery last) {
    return new PageCursor(last.deliveredAt(), last.id()).text();
  }

  private Person receiver() {
    return currentPerson.require(Role.REFERRER, Role.CLINIC);
  }

  private Deliveries.Delivery find(Person person, UUID id) {
    return deliveries
        .find(person, id)
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  private static String comment(@Nullable Acknowledgement form) {
    return FormText.paragraphs("comment", form == null ? null : form.comment(), LONGEST_COMMENT);
  }

  private InboxItem item(Deliveries.Delivery delivery, Person person, boolean whole) {
    CaseFile file = cases.visible(delivery.caseId(), person);
    ReportView report = reports.view(file, person);
    Site site = sites.byId(file.siteId()).orElseThrow();
    Instant now = clock.instant();
    var patient = file.patient();
    return new InboxItem(
        delivery.id(),
        file.id().value(),
        file.number(),
        new InboxItem.InboxPatient(
            patient.displayName(),
            patient.birthDate(),
            patient.sex(),
            patient.ageText(LocalDate.ofInstant(now, ZoneOffset.UTC))),
        new InboxItem.InboxSite(site.id(), site.name()),
        file.request().bodyPart(),
        file.request().urgency().name(),
        delivery.deliveredAt(),
        delivery.readAt(),
        delivery.acknowledgedAt(),
        delivery.comment(),
        report.sections().impression(),
        whole ? report : null,
        whole ? file.request() : null,
        whole ? report.pdf() : null);
  }
}
