package org.heliograph.reader.report;

import java.util.UUID;
import org.heliograph.reader.access.CurrentPerson;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.Cases;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/cases/{id}/report}: writing, signing, printing. */
@RestController
@RequestMapping("/api/cases/{id}")
class ReportEndpoint {
  private final Reports reports;
  private final Cases cases;
  private final CurrentPerson currentPerson;
  private final AuditTrail audit;

  ReportEndpoint(Reports reports, Cases cases, CurrentPerson currentPerson, AuditTrail audit) {
    this.reports = reports;
    this.cases = cases;
    this.currentPerson = currentPerson;
    this.audit = audit;
  }

  @GetMapping("/report")
  ReportView report(@PathVariable("id") UUID id) {
    return shown(id, currentPerson.require(), AuditAction.READ, "report");
  }

  @PutMapping("/report/draft")
  ReportView save(@PathVariable("id") UUID id, @RequestBody ReportForms.Draft form) {
    Person reader = currentPerson.require(Role.READER);
    reports.save(new CaseId(id), reader, form.checkedVersion(), form.checkedSections());
    return shown(id, reader, AuditAction.UPDATE, "report.draft");
  }

  @PostMapping("/report/preliminary")
  ReportView preliminary(@PathVariable("id") UUID id, @RequestBody ReportForms.Sign form) {
    Person reader = currentPerson.require(Role.READER);
    reports.preliminary(new CaseId(id), reader, form.checkedVersion());
    return shown(id, reader, AuditAction.CREATE, "report.preliminary");
  }

  @PostMapping("/report/sign")
  ReportView sign(@PathVariable("id") UUID id, @RequestBody ReportForms.Sign form) {
    Person reader = currentPerson.require(Role.READER);
    reports.sign(new CaseId(id), reader, form.checkedVersion(), form.checkedPassword());
    return shown(id, reader, AuditAction.CREATE, "report.final");
  }

  @PostMapping("/report/addendum")
  ReportView addendum(@PathVariable("id") UUID id, @RequestBody ReportForms.Addendum form) {
    Person reader = currentPerson.require(Role.READER);
    reports.addendum(new CaseId(id), reader, form.checkedText(), form.checkedPassword());
    return shown(id, reader, AuditAction.CREATE, "report.addendum");
  }

  @GetMapping("/report/preview.pdf")
  ResponseEntity<byte[]> preview(@PathVariable("id") UUID id) {
    Person reader = currentPerson.require(Role.READER);
    byte[] page = reports.preview(new CaseId(id), reader);
    record(id, AuditAction.READ, "report.preview");
    return pdf(page, "preview.pdf");
  }

  @GetMapping("/report.pdf")
  ResponseEntity<byte[]> signed(@PathVariable("id") UUID id) {
    Person person = currentPerson.require();
    byte[] page = reports.signedPdf(new CaseId(id), person);
    record(id, AuditAction.READ, "report.pdf");
    return pdf(page, "report.pdf");
  }

  private ReportView shown(UUID id, Person person, AuditAction action, String what) {
    ReportView view = reports.view(cases.visible(new CaseId(id), person), person);
    record(id, action, what);
    return view;
  }

  private void record(UUID id, AuditAction action, String what) {
    audit.record(AuditEvent.of(AuditKind.PATIENT_RECORD, action).about("case", id).detail(what));
  }

  private static ResponseEntity<byte[]> pdf(byte[] page, String name) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .cacheControl(CacheControl.noStore())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.inline().filename(name).build().toString())
        .body(page);
  }
}
