package org.heliograph.reader.cases;

import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.heliograph.reader.access.Specialty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes cases for tests of other packages, by the same commands that people use. */
@Component
public class TestCases {
  public static final CasePatient PATIENT =
      new CasePatient("Okafor", "Adaeze", "P-17", "CLINIC", LocalDate.of(1980, 2, 29), "F");

  private final Cases cases;

  TestCases(Cases cases) {
    this.cases = cases;
  }

  public static CaseRequest request(Specialty specialty, Urgency urgency) {
    return request(specialty, urgency, null, "", false);
  }

  public static CaseRequest request(
      Specialty specialty,
      Urgency urgency,
      @Nullable UUID referrer,
      String accessionNumber,
      boolean expectXray) {
    return new CaseRequest(
        specialty,
        urgency,
        "HAND",
        Laterality.L,
        "Fracture?",
        "Fell yesterday",
        referrer,
        accessionNumber,
        expectXray);
  }

  /** A case that waits for a reader, with one picture counted. */
  @Transactional
  public CaseFile waiting(UUID site, UUID clinic, CaseRequest request) {
    var file = cases.open(site, PATIENT, request, CaseHappening.by(clinic, CaseEventKind.CREATED));
    file = cases.count(file, new CaseImages("DX", 0, 1, java.util.List.of()));
    file = cases.append(file, CaseHappening.by(clinic, CaseEventKind.SUBMITTED));
    return cases.append(file, CaseHappening.byHub(CaseEventKind.COMPLETED));
  }

  /** A case that the clinic has not sent yet. */
  @Transactional
  public CaseFile draft(UUID site, UUID clinic, CaseRequest request) {
    return cases.open(site, PATIENT, request, CaseHappening.by(clinic, CaseEventKind.CREATED));
  }

  /** Lets a reader take a waiting case. */
  @Transactional
  public CaseFile claimed(CaseId id, UUID reader) {
    return append(id, reader, CaseEventKind.CLAIMED);
  }

  /** Leads a case on, each event by the same person. */
  @Transactional
  public CaseFile append(CaseId id, UUID person, CaseEventKind... kinds) {
    var file = cases.lock(id);
    for (var kind : kinds) {
      file = cases.append(file, CaseHappening.by(person, kind).lease(Duration.ofMinutes(30)));
    }
    return file;
  }
}
