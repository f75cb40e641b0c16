package org.heliograph.reader.cases;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way to change a case: lock it, decide, append what happened. Both steps belong to one
 * transaction of the caller; when that commits, the event and the projection are durable and every
 * hub process is told.
 *
 * <pre>{@code
 * @Transactional
 * void sign(CaseId id, Person reader, long version) {
 *   CaseFile file = cases.lock(id, reader, version);
 *   …
 *   cases.append(file, CaseHappening.by(reader.id(), CaseEventKind.FINAL));
 * }
 * }</pre>
 */
@Component
public class Cases {
  private final CaseRows rows;
  private final CaseEventRows events;
  private final CaseSettings settings;
  private final JdbcClient sql;
  private final List<CaseObserver> observers;

  Cases(
      CaseRows rows,
      CaseEventRows events,
      CaseSettings settings,
      JdbcClient sql,
      List<CaseObserver> observers) {
    this.rows = rows;
    this.events = events;
    this.settings = settings;
    this.sql = sql;
    this.observers = List.copyOf(observers);
  }

  /** The case if the person may see it; otherwise the request ends as 404 (TR-0003). */
  @Transactional(readOnly = true)
  public CaseFile visible(CaseId id, Person person) {
    return rows.visible(id, person.id())
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  /** Locks a case that the person may see (else TR-0003) until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile lock(CaseId id, Person person) {
    visible(id, person);
    return lock(id);
  }

  /** The same, and refuses with TR-0100 if the case has changed since this version. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile lock(CaseId id, Person person, long version) {
    var file = lock(id, person);
    if (file.version() != version) {
      throw new ProblemException(ProblemCode.CASE_CHANGED, version, file.version());
    }
    return file;
  }

  /** Locks a case for something the hub does itself; no person is asked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile lock(CaseId id) {
    return rows.lock(id).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
  }

  /**
   * Appends an event to a locked case and returns the case after it. Refused with TR-0101 where the
   * state machine has no such step.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile append(CaseFile locked, CaseHappening happening) {
    var after = CaseProjection.apply(locked, happening, rows.now(), settings);
    rows.update(after);
    events.append(after, happening);
    observers.forEach(observer -> observer.changed(after));
    return after;
  }

  /** Writes the picture counts of a locked case; the history and the version stay as they are. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile count(CaseFile locked, CaseImages images) {
    sql.sql(
            """
            update reading.case_file
            set photo_count = ?, image_count = ?, modality = ?, updated_at = clock_timestamp()
            where id = ?
            """)
        .params(images.photoCount(), images.sentCount(), images.modality(), locked.id().value())
        .update();
    var after = locked.with(images);
    observers.forEach(observer -> observer.changed(after));
    return after;
  }

  /** Begins a case with {@code CREATED} or {@code OPENED_BY_STUDY}. */
  @Transactional(propagation = Propagation.MANDATORY)
  public CaseFile open(UUID siteId, CasePatient patient, CaseRequest request, CaseHappening birth) {
    Instant now = rows.now();
    var file =
        new CaseFile(
            new CaseId(UUID.randomUUID()),
            rows.nextNumber(now),
            siteId,
            CaseTransitions.birth(birth.kind()),
            1,
            1,
            patient,
            birth.kind() == CaseEventKind.CREATED,
            request,
            CaseImages.NONE,
            ReadingClock.NOT_STARTED,
            null,
            null,
            null,
            now,
            now);
    rows.insert(file);
    events.append(file, birth.request(patient, request));
    observers.forEach(observer -> observer.changed(file));
    return file;
  }

  /** The whole history, oldest first. */
  @Transactional(readOnly = true)
  public List<CaseEvent> history(CaseId id) {
    return events.of(id);
  }

  /** The studies of a case, the one it began with first; empty before the first picture. */
  @Transactional(readOnly = true)
  public List<CaseStudy> studies(CaseId id) {
    return sql.sql(
            """
            select study_instance_uid, origin from reading.case_study
            where case_id = ? order by linked_at, study_instance_uid
            """)
        .param(id.value())
        .query((row, n) ->
            new CaseStudy(
                StudyInstanceUid.of(row.getString("study_instance_uid")),
                CaseStudy.Origin.valueOf(row.getString("origin"))))
        .list();
  }
}
