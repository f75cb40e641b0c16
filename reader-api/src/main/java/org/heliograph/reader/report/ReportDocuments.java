package org.heliograph.reader.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseRequest;
import org.heliograph.reader.cases.CaseStudy;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.cases.Laterality;
import org.heliograph.reader.report.ReportDocument.Addendum;
import org.heliograph.reader.report.ReportDocument.Letterhead;
import org.heliograph.reader.report.ReportDocument.Patient;
import org.heliograph.reader.report.ReportDocument.Request;
import org.heliograph.reader.report.ReportDocument.Signature;
import org.heliograph.reader.report.ReportDocument.Standing;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what a report says from the case, its site, its people and its pictures. */
@Component
class ReportDocuments {
  private final Sites sites;
  private final People people;
  private final Cases cases;
  private final Archive archive;

  ReportDocuments(Sites sites, People people, Cases cases, Archive archive) {
    this.sites = sites;
    this.people = people;
    this.cases = cases;
    this.archive = archive;
  }

  ReportDocument of(
      CaseFile file,
      Standing standing,
      ReportSections sections,
      @Nullable Signature signature,
      List<Addendum> addenda) {
    Site site = sites.byId(file.siteId()).orElseThrow();
    return new ReportDocument(
        new Letterhead(site.name(), site.address(), sites.logo(site.id()).orElse(null)),
        patient(file),
        request(file),
        file.number(),
        file.request().specialty(),
        standing,
        sections,
        signature,
        addenda);
  }

  /** The document as it stood when this issue was signed. */
  ReportDocument signed(CaseFile file, ReportIssue issue, List<ReportIssue> issues) {
    ReportIssue first = Objects.requireNonNull(ReportViews.last(issues, ReportIssue.Kind.FINAL));
    List<Addendum> addenda = new ArrayList<>();
    for (ReportIssue one : issues) {
      if (one.kind() == ReportIssue.Kind.ADDENDUM && one.number() <= issue.number()) {
        addenda.add(new Addendum(one.text(), one.signature()));
      }
    }
    Standing standing = addenda.isEmpty() ? Standing.FINAL : Standing.AMENDED;
    return of(file, standing, first.sections(), first.signature(), addenda);
  }

  /** The study the report is filed in: the first of the case that the archive holds. */
  Optional<StoredStudy> study(CaseFile file) {
    return cases.studies(file.id()).stream()
        .map(CaseStudy::study)
        .flatMap(study -> archive.catalog().study(study).stream())
        .findFirst();
  }

  private static Patient patient(CaseFile file) {
    var p = file.patient();
    return new Patient(p.displayName(), p.id(), p.issuer(), p.birthDate(), p.sex());
  }

  private Request request(CaseFile file) {
    var r = file.request();
    Person referrer = r.referrerId() == null ? null : people.byId(r.referrerId()).orElse(null);
    LocalDate date = study(file).map(StoredStudy::studyDate).orElse(null);
    return new Request(
        bodyPart(r),
        r.question(),
        r.history(),
        referrer == null ? "" : name(referrer),
        r.accessionNumber(),
        images(file),
        date);
  }

  /** The Body Part Examined term and the side in words: "Forearm, left". */
  private static String bodyPart(CaseRequest request) {
    String term = request.bodyPart().replace('_', ' ').toLowerCase(Locale.ROOT);
    String part =
        term.isEmpty() ? "" : term.substring(0, 1).toUpperCase(Locale.ROOT) + term.substring(1);
    Laterality side = request.laterality();
    return switch (side) {
      case null -> part;
      case R -> part + ", right";
      case L -> part + ", left";
      case B -> part + ", both sides";
      case U -> part;
    };
  }

  private static String name(Person person) {
    return person.organisation().isBlank()
        ? person.displayName()
        : person.displayName() + ", " + person.organisation();
  }

  private static String images(CaseFile file) {
    int total = file.images().total();
    String count = total == 1 ? "1 image" : total + " images";
    return file.images().modality().isEmpty() ? count : file.images().modality() + ", " + count;
  }
}
