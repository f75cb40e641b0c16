package org.heliograph.reader.ups;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DicomDateTime;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.cases.CaseEventKind;
import org.heliograph.reader.cases.CaseHappening;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseTransitions;
import org.heliograph.reader.cases.Cases;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.worklist.ReaderCommands;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What programs do with workitems. Each method is one transaction; the event reports of it are
 * durable when it returns. A case's row is always locked before its workitem's.
 */
@Component
class WorkitemCommands {
  private static final int OPEN_OF_PROGRAMS = 10_000;
  private static final int LARGEST_CHARS = 256 * 1024;

  /** How a change of state ended: with the standard's warning where nothing was to be done. */
  record Outcome(@Nullable String warning) {
    static final Outcome DONE = new Outcome(null);
  }

  private final WorkitemRows rows;
  private final EventRows events;
  private final Cases cases;
  private final ReaderCommands readers;
  private final InstantSource clock;
  private final JdbcClient sql;
  private final String aeTitle;

  WorkitemCommands(
      WorkitemRows rows,
      EventRows events,
      Cases cases,
      ReaderCommands readers,
      InstantSource clock,
      JdbcClient sql,
      @Value("${heliograph.ae-title}") String aeTitle) {
    this.rows = rows;
    this.events = events;
    this.cases = cases;
    this.readers = readers;
    this.clock = clock;
    this.sql = sql;
    this.aeTitle = aeTitle;
  }

  /** A workitem of its own, not bound to a case; TR-0340 if the UID is taken. */
  @Transactional
  Workitem create(Person person, String uid, Dataset given) {
    var dataset = bounded(WorkitemRules.created(given));
    long open =
        sql.sql(
                """
                select count(*) from reading.ups_workitem
                where case_id is null and site_id is not distinct from ?
                """)
            .param(person.siteId())
            .query(Long.class)
            .single();
    if (open >= OPEN_OF_PROGRAMS) {
      throw new ProblemException(ProblemCode.UPS_TOO_MANY, OPEN_OF_PROGRAMS + " workitems");
    }
    var made =
        rows.insert(
                uid,
                null,
                person.role() == Role.COORDINATOR ? null : person.siteId(),
                given.string(Tag.InputReadinessState, ""),
                dataset,
                due(dataset))
            .orElseThrow(() -> new ProblemException(ProblemCode.UPS_EXISTS));
    events.tell(made, List.of(EventReport.state(made)));
    return made;
  }

  /** Changes attributes: with the lock once the workitem is in progress. */
  @Transactional
  void update(Person person, String uid, @Nullable String transactionUid, Dataset changes) {
    var workitem = locked(person, uid);
    switch (workitem.state()) {
      case COMPLETED, CANCELED ->
          throw new UpsRefusal(
              "The submitted request is inconsistent with the current state of the Workitem.",
              ProblemCode.UPS_ENDED,
              workitem.state().text());
      case SCHEDULED -> {
        if (transactionUid != null || workitem.caseId() != null) {
          throw new UpsRefusal(
              UpsRefusal.NOT_CLAIMED, ProblemCode.UPS_NOT_IN_THIS_STATE, workitem.state().text());
        }
      }
      case IN_PROGRESS ->
          requireLock(
              StateChange.Lock.of(workitem.state(), workitem.transactionUid(), transactionUid));
    }
    var dataset = bounded(WorkitemRules.updated(workitem, changes));
    CaseId caseId = workitem.caseId();
    if (caseId != null) {
      // Who reports progress is still at it.
      held(() -> readers.renew(caseId, person));
    }
    var updated =
        workitem
            .with(dataset)
            .readiness(
                changes.string(Tag.InputReadinessState, workitem.readiness()),
                workitem.caseId() == null ? due(dataset) : workitem.dueAt());
    rows.update(updated);
    events.tell(updated, reports(workitem, updated));
  }

  private static List<EventReport> reports(Workitem before, Workitem after) {
    var reports = new ArrayList<EventReport>();
    if (!before.readiness().equals(after.readiness())) {
      reports.add(EventReport.state(after));
    }
    if (differ(before, after, Tag.ScheduledStationNameCodeSequence)
        || differ(before, after, Tag.ScheduledHumanPerformersSequence)) {
      reports.add(EventReport.assigned(after));
    }
    if (differ(before, after, Tag.ProcedureStepProgressInformationSequence)) {
      reports.add(EventReport.progress(after));
    }
    return reports;
  }

  private static boolean differ(Workitem before, Workitem after, int sequence) {
    return !before.dataset().items(sequence).equals(after.dataset().items(sequence));
  }

  /** Takes, completes or gives up a workitem; of a case, that is claiming and releasing it. */
  @Transactional
  Outcome change(
      Person person, String uid, WorkitemState requested, @Nullable String transactionUid) {
    var workitem = locked(person, uid);
    var lock = StateChange.Lock.of(workitem.state(), workitem.transactionUid(), transactionUid);
    switch (StateChange.of(workitem.state(), requested, lock)) {
      case ALLOWED -> {}
      case ALREADY_CANCELED, ALREADY_COMPLETED -> {
        return already(requested);
      }
      case TRANSACTION_UID_MISSING, TRANSACTION_UID_INCORRECT -> requireLock(lock);
      case SCHEDULED_ONLY_WHEN_CREATED ->
          throw new UpsRefusal(
              UpsRefusal.INCONSISTENT,
              ProblemCode.UPS_ATTRIBUTE,
              "a workitem becomes SCHEDULED only when it is created");
      case NO_LONGER_CHANGED, ALREADY_IN_PROGRESS, NOT_YET_IN_PROGRESS ->
          throw inconsistent(workitem);
    }
    if (workitem.caseId() == null) {
      changeOfProgram(workitem, person, requested, String.valueOf(transactionUid));
    } else {
      changeOfCase(workitem, workitem.caseId(), person, requested, String.valueOf(transactionUid));
    }
    return Outcome.DONE;
  }

  static Outcome already(WorkitemState state) {
    return new Outcome("The UPS is already in the requested state of " + state.text() + ".");
  }

  private void changeOfCase(
      Workitem workitem, CaseId caseId, Person person, WorkitemState requested, String lock) {
    if (person.role() != Role.READER) {
      throw new ProblemException(ProblemCode.ROLE_NOT_ALLOWED, Role.READER.name());
    }
    switch (requested) {
      case IN_PROGRESS -> {
        rows.promiseLock(workitem.id(), lock);
        held(() -> readers.claim(caseId, person));
      }
      case CANCELED -> held(() -> readers.release(caseId, person));
      case COMPLETED, SCHEDULED ->
          // A signature completes the workitem itself; until then this is refused.
          throw new UpsRefusal(
              UpsRefusal.INCONSISTENT, ProblemCode.UPS_NOT_DONE, "the report is not signed");
    }
  }

  private void changeOfProgram(
      Workitem workitem, Person person, WorkitemState requested, String lock) {
    Instant now = clock.instant();
    var changed =
        switch (requested) {
          case IN_PROGRESS -> workitem.performedBy(person.id(), lock);
          case CANCELED ->
              workitem.with(
                  WorkitemState.CANCELED, FinalState.canceled(workitem.dataset(), now, ""));
          case COMPLETED, SCHEDULED -> {
            if (!FinalState.isMetForCompleted(workitem.dataset())) {
              throw new UpsRefusal(
                  UpsRefusal.INCONSISTENT,
                  ProblemCode.UPS_NOT_DONE,
                  "the performed procedure lacks its begin, its end or its workitem code");
            }
            yield workitem.with(WorkitemState.COMPLETED, workitem.dataset());
          }
        };
    save(changed);
  }

  /** Asks whoever performs it to stop; a workitem that nobody has begun is cancelled. */
  @Transactional
  Outcome requestCancellation(Person person, String uid, Dataset request) {
    var workitem = locked(person, uid);
    String reason = request.string(Tag.ReasonForCancellation, "");
    switch (workitem.state()) {
      case CANCELED -> {
        return already(WorkitemState.CANCELED);
      }
      case COMPLETED -> throw inconsistent(workitem);
      case SCHEDULED -> cancelScheduled(workitem, person, reason);
      case IN_PROGRESS -> {
        events.tell(workitem, List.of(EventReport.cancelRequested(request, aeTitle)));
        if (workitem.caseId() != null) {
          String text = reason.isEmpty() ? "Cancellation is requested." : reason;
          cases.append(
              cases.lock(workitem.caseId(), person),
              CaseHappening.by(person.id(), CaseEventKind.MESSAGE).text(text));
        }
      }
    }
    return Outcome.DONE;
  }

  private void cancelScheduled(Workitem workitem, Person person, String reason) {
    if (workitem.caseId() == null) {
      save(workitem.performedBy(null, null));
      var begun = rows.lock(workitem.id()).orElseThrow();
      save(
          begun.with(
              WorkitemState.CANCELED,
              FinalState.canceled(begun.dataset(), clock.instant(), reason)));
      return;
    }
    if (person.role() != Role.CLINIC && person.role() != Role.COORDINATOR) {
      throw new ProblemException(ProblemCode.ROLE_NOT_ALLOWED, "CLINIC or COORDINATOR");
    }
    var file = cases.lock(workitem.caseId(), person);
    if (CaseTransitions.next(file.state(), CaseEventKind.CANCELLED).isEmpty()) {
      throw inconsistent(workitem);
    }
    cases.append(file, CaseHappening.by(person.id(), CaseEventKind.CANCELLED).text(reason));
  }

  private void save(Workitem changed) {
    rows.update(changed);
    events.tell(changed, List.of(EventReport.state(changed)));
  }

  /** The workitem, if the person may see it, with its case and itself locked. */
  private Workitem locked(Person person, String uid) {
    var seen =
        rows.visible(uid, person.id())
            .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    if (seen.caseId() != null) {
      cases.lock(seen.caseId());
    }
    return rows.lock(seen.id()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  private static void requireLock(StateChange.Lock lock) {
    switch (lock) {
      case CORRECT -> {}
      case MISSING ->
          throw new UpsRefusal(
              "The Transaction UID is missing.", ProblemCode.UPS_TRANSACTION_UID_MISSING);
      case INCORRECT ->
          throw new UpsRefusal(
              "The Transaction UID is incorrect.", ProblemCode.UPS_TRANSACTION_UID_INCORRECT);
    }
  }

  private static UpsRefusal inconsistent(Workitem workitem) {
    return new UpsRefusal(
        UpsRefusal.INCONSISTENT, ProblemCode.UPS_NOT_IN_THIS_STATE, workitem.state().text());
  }

  /** The reading room's own refusals, with the warning that programs look for. */
  private static void held(Runnable command) {
    try {
      command.run();
    } catch (ProblemException refused) {
      throw refused.code().status().value() == 409
          ? new UpsRefusal(UpsRefusal.INCONSISTENT, refused)
          : refused;
    }
  }

  private Instant due(Dataset dataset) {
    return dataset
        .string(Tag.ExpectedCompletionDateTime)
        .or(() -> dataset.string(Tag.ScheduledProcedureStepStartDateTime))
        .flatMap(DicomDateTime::parse)
        .map(moment -> moment.earliestInstant(ZoneOffset.UTC))
        .orElseGet(clock::instant);
  }

  private static Dataset bounded(Dataset dataset) {
    if (DicomJson.write(dataset, _ -> null).length() > LARGEST_CHARS) {
      throw new ProblemException(ProblemCode.TOO_LARGE, LARGEST_CHARS);
    }
    return dataset;
  }
}
