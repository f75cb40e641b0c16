package org.heliograph.reader.cases;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts a case's JSON together, and writes down who was shown it. */
@Component
public class CaseViews {
  private static final String ONE = "where c.id = :id";
  private static final Set<CaseEventKind> CONVERSATION =
      Set.of(
          CaseEventKind.MESSAGE,
          CaseEventKind.INFO_REQUESTED,
          CaseEventKind.ANSWERED,
          CaseEventKind.REJECTED);

  private final Cases cases;
  private final CaseSummaries summaries;
  private final People people;
  private final AuditTrail audit;
  private final Map<String, CaseSection> sections;

  CaseViews(
      Cases cases,
      CaseSummaries summaries,
      People people,
      AuditTrail audit,
      List<CaseSection> sections) {
    this.cases = cases;
    this.summaries = summaries;
    this.people = people;
    this.audit = audit;
    this.sections =
        sections.stream()
            .collect(Collectors.toUnmodifiableMap(CaseSection::name, Function.identity()));
  }

  /** The case for this person: 404 (TR-0003) if they may not see it. */
  @Transactional
  public CaseView open(CaseId id, Person person) {
    return view(id, person, AuditAction.READ, "open");
  }

  /** The case after a change by this person, which the trail gets as well. */
  @Transactional
  public CaseView changed(CaseId id, Person person, String what) {
    return view(id, person, AuditAction.UPDATE, what);
  }

  private CaseView view(CaseId id, Person person, AuditAction action, String what) {
    var file = cases.visible(id, person);
    var summary =
        summaries.select(person.id(), ONE, Map.of("id", id.value())).stream()
            .findFirst()
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    audit.record(AuditEvent.of(AuditKind.PATIENT_RECORD, action).about("case", id).detail(what));
    var history = cases.history(id);
    var fields = file.images().mismatch();
    return new CaseView(
        summary,
        file.patient(),
        file.hasRequest() ? file.request() : null,
        referrer(file),
        section("studies", file, person, List.of()),
        section("photos", file, person, List.of()),
        lines(history.stream().filter(e -> CONVERSATION.contains(e.kind())).toList()),
        lines(history),
        sections.containsKey("report") ? sections.get("report").of(file, person) : null,
        fields.isEmpty() ? null : new CaseView.Mismatch(fields),
        CaseActions.of(file, person, summary.underWay() != null));
  }

  private Object section(String name, CaseFile file, Person person, Object otherwise) {
    var section = sections.get(name);
    var value = section == null ? null : section.of(file, person);
    return value == null ? otherwise : value;
  }

  private CaseView.@Nullable Referrer referrer(CaseFile file) {
    var id = file.request().referrerId();
    return id == null
        ? null
        : people
            .byId(id)
            .map(p -> new CaseView.Referrer(p.id(), p.displayName(), p.organisation()))
            .orElse(null);
  }

  private static List<CaseView.Line> lines(List<CaseEvent> events) {
    return events.stream()
        .map(e -> new CaseView.Line(e.at(), e.personName(), e.kind().name(), CaseWords.event(e)))
        .toList();
  }
}
