package org.heliograph.reader.worklist;

import java.util.Optional;
import java.util.UUID;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseSettings;
import org.heliograph.reader.cases.CaseState;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a reader does with a case before the report. Each method is one transaction. */
@Component
public class ReaderCommands {
  /** Why a reader sends a case back. */
  enum Need {
    RETAKE,
    MORE_VIEWS,
    QUESTION
  }

  /** Why a reader refuses a case. */
  enum Refusal {
    NOT_READABLE,
    WRONG_PATIENT,
    OUT_OF_SCOPE,
    DUPLICATE,
    OTHER
  }

  /** Whoever comes second steps over the locked row and takes the next one. */
  private static final String NEXT =
      """
      select c.id
      from reading.case_file c
      join reading.visible_case(:person) v on v.case_id = c.id
      where c.state = 'WAITING' and c.specialty = :specialty
      order by c.deadline_at, c.id
      limit 1
      for update of c skip locked
      """;

  private final JdbcClient sql;
  private final Cases cases;
  private final Leases leases;
  private final CaseSettings settings;

  ReaderCommands(JdbcClient sql, Cases cases, Leases leases, CaseSettings settings) {
    this.sql = sql;
    this.cases = cases;
    this.leases = leases;
    this.settings = settings;
  }

  /** Takes the waiting case with the earliest deadline; empty if nothing waits. */
  @Transactional
  Optional<CaseFile> claimNext(Person reader) {
    leases.expire();
    return sql.sql(NEXT)
        .param("person", reader.id())
        .param("specialty", String.valueOf(reader.specialty()))
        .query((row, n) -> new CaseId(row.getObject(1, UUID.class)))
        .optional()
        .map(id -> claimed(cases.lock(id), reader));
  }

  /** Takes this case. Taking one's own case again renews the lease. */
  @Transactional
  public CaseFile claim(CaseId id, Person reader) {
    var file = cases.lock(id, reader);
    if (file.state() == CaseState.CLAIMED) {
      if (!file.isReadBy(reader.id())) {
        throw new ProblemException(ProblemCode.ALREADY_TAKEN);
      }
      leases.renew(id);
      return file;
    }
    return claimed(file, reader);
  }

  /** Gives a case back that this reader holds. */
  @Transactional
  public CaseFile release(CaseId id, Person reader) {
    return cases.append(held(id, reader), CaseHappening.by(reader.id(), CaseEventKind.RELEASED));
  }

  /** Keeps the case for another lease; a case that needs none any more is left as it is. */
  @Transactional
  public void renew(CaseId id, Person reader) {
    var file = cases.lock(id, reader);
    if (!file.isReadBy(reader.id())) {
      throw new ProblemException(ProblemCode.NOT_HELD_BY_YOU, file.state());
    }
    leases.renew(id);
  }

  @Transactional
  CaseFile ask(CaseId id, Person reader, long version, Need need, String text) {
    return cases.append(
        held(id, reader, version),
        CaseHappening.by(reader.id(), CaseEventKind.INFO_REQUESTED).reason(need.name()).text(text));
  }

  @Transactional
  CaseFile reject(CaseId id, Person reader, long version, Refusal refusal, String text) {
    return cases.append(
        held(id, reader, version),
        CaseHappening.by(reader.id(), CaseEventKind.REJECTED).reason(refusal.name()).text(text));
  }

  private CaseFile claimed(CaseFile locked, Person reader) {
    return cases.append(
        locked, CaseHappening.by(reader.id(), CaseEventKind.CLAIMED).lease(settings.lease()));
  }

  private CaseFile held(CaseId id, Person reader) {
    return requireHeld(cases.lock(id, reader), reader);
  }

  private CaseFile held(CaseId id, Person reader, long version) {
    return requireHeld(cases.lock(id, reader, version), reader);
  }

  private static CaseFile requireHeld(CaseFile file, Person reader) {
    if (file.state() != CaseState.CLAIMED || !file.isReadBy(reader.id())) {
      throw new ProblemException(ProblemCode.NOT_HELD_BY_YOU, file.state());
    }
    return file;
  }
}
