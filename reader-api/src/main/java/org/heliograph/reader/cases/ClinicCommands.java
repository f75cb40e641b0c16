package org.heliograph.reader.cases;

import java.util.UUID;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic does with its cases. Each method is one transaction. */
@Component
class ClinicCommands {
  private final Cases cases;
  private final CaseReadiness readiness;
  private final CaseMismatch mismatch;
  private final CaseSettings settings;
  private final People people;

  ClinicCommands(
      Cases cases,
      CaseReadiness readiness,
      CaseMismatch mismatch,
      CaseSettings settings,
      People people) {
    this.cases = cases;
    this.readiness = readiness;
    this.mismatch = mismatch;
    this.settings = settings;
    this.people = people;
  }

  @Transactional
  CaseFile create(Person clinic, CasePatient patient, CaseRequest request) {
    checkReferrer(request);
    if (clinic.siteId() == null) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "site", "you have none");
    }
    return cases.open(
        clinic.siteId(), patient, request, CaseHappening.by(clinic.id(), CaseEventKind.CREATED));
  }

  /** Writes the request of a draft, of a returned case, or of a study that came without one. */
  @Transactional
  CaseFile edit(
      CaseId id, Person clinic, long version, @Nullable CasePatient patient, CaseRequest request) {
    checkReferrer(request);
    var file = cases.lock(id, clinic, version);
    if (!CaseActions.mayEdit(file)) {
      throw new ProblemException(ProblemCode.REQUEST_CLOSED, file.state());
    }
    var edited =
        cases.append(
            file,
            CaseHappening.by(clinic.id(), CaseEventKind.REQUEST_EDITED).request(patient, request));
    return readiness.settle(mismatch.check(edited));
  }

  @Transactional
  CaseFile submit(CaseId id, Person clinic, long version) {
    var file = cases.lock(id, clinic, version);
    FormText.required("request.question", file.request().question());
    boolean picturesComing =
        file.images().total() > 0
            || file.request().expectXray()
            || readiness.hasUploadsUnderWay(id);
    if (file.state() == CaseState.DRAFT && !picturesComing) {
      throw new ProblemException(ProblemCode.NO_PICTURES);
    }
    return readiness.settle(
        cases.append(file, CaseHappening.by(clinic.id(), CaseEventKind.SUBMITTED)));
  }

  @Transactional
  CaseFile cancel(CaseId id, Person clinic, long version, String reason) {
    var file = cases.lock(id, clinic, version);
    return cases.append(file, CaseHappening.by(clinic.id(), CaseEventKind.CANCELLED).text(reason));
  }

  /** Answers the reader, who gets the case back if they can still read it. */
  @Transactional
  CaseFile answer(CaseId id, Person clinic, long version, String text) {
    var file = cases.lock(id, clinic, version);
    var asker = file.readerId();
    var answered =
        cases.append(file, CaseHappening.by(clinic.id(), CaseEventKind.ANSWERED).text(text));
    if (asker == null || !canRead(asker, file)) {
      return answered;
    }
    var back = CaseHappening.by(asker, CaseEventKind.CLAIMED).reason("BACK");
    return cases.append(answered, back.lease(settings.lease()));
  }

  private boolean canRead(UUID person, CaseFile file) {
    return people
        .byId(person)
        .filter(p -> p.role() == Role.READER && p.specialty() == file.request().specialty())
        .isPresent();
  }

  /** Writes in the conversation; open to everybody who sees the case. */
  @Transactional
  CaseFile message(CaseId id, Person author, String text) {
    var file = cases.lock(id, author);
    return cases.append(file, CaseHappening.by(author.id(), CaseEventKind.MESSAGE).text(text));
  }

  private void checkReferrer(CaseRequest request) {
    var referrer = request.referrerId();
    if (referrer != null
        && people.byId(referrer).filter(p -> p.role() == Role.REFERRER).isEmpty()) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "request.referrerId", "not a referrer of this network");
    }
  }
}
