package org.heliograph.archive.patients;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.BriefLocks;
import org.heliograph.archive.catalog.ShownPatients;
import org.heliograph.archive.patients.ChangeResult.Changed;
import org.heliograph.archive.patients.ChangeResult.NotChanged;
import org.heliograph.archive.patients.ChangeResult.Reason;
import org.heliograph.archive.patients.PatientRows.Shown;
import org.heliograph.archive.patients.PatientRows.Study;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes of patients by persons. Studies show the patient anew in the transaction that writes the
 * history; instances that arrive meanwhile or later for the old number are filed to the patient
 * that stands for it. Each method joins a transaction of the caller on the same data source.
 */
public final class PatientChanges {
  private final PatientRows patients;
  private final HistoryRows history;
  private final JdbcClient jdbc;
  private final BriefLocks locks;
  private final InstantSource clock;

  public PatientChanges(DataSource dataSource, InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.patients = new PatientRows(jdbc);
    this.history = new HistoryRows(jdbc);
    this.locks = BriefLocks.on(dataSource);
    this.clock = clock;
  }

  /**
   * Says other attributes of a patient. A new Patient ID or issuer makes the old number one more
   * number of the patient: what modalities send under it later is filed to the new one.
   */
  public ChangeResult update(PatientKey key, PatientCorrection values, ChangeOrder order) {
    return locks.run(() -> {
      Optional<Long> known = patients.standing(key);
      if (known.isEmpty()) {
        return new NotChanged(Reason.NOT_FOUND);
      }
      Shown now = locked(Set.of(known.get()), known.get());
      String id = values.patientId() == null ? now.patientId() : values.patientId();
      String issuer = values.issuer() == null ? now.issuer() : values.issuer();
      boolean renumbered = !id.equals(now.patientId()) || !issuer.equals(now.issuer());
      String name = values.name() == null ? now.name() : values.name();
      LocalDate birthDate = values.birthDate() == null ? now.birthDate() : values.birthDate();
      String sex = values.sex() == null ? now.sex() : values.sex();
      if (values.isEmpty() || (!renumbered && now.says(name, birthDate, sex))) {
        return new NotChanged(Reason.NOTHING_TO_DO);
      }
      if (!renumbered) {
        return write(
            PatientChange.Kind.UPDATE,
            now,
            null,
            order,
            at -> patients.correct(now.id(), name, birthDate, sex, at));
      }
      if (id.isEmpty()) {
        return new NotChanged(Reason.NOTHING_TO_DO); // an issuer without an ID says nothing
      }
      return renumber(
          now,
          new PatientKey.ById(now.siteId(), id, issuer),
          order,
          (to, at) -> patients.correct(to, name, birthDate, sex, at));
    });
  }

  private interface Correcting {
    void at(long patient, Instant now);
  }

  private interface Changing {
    void at(Instant now);
  }

  private ChangeResult renumber(
      Shown old, PatientKey.ById key, ChangeOrder order, Correcting correct) {
    patients.insert(key, clock.instant());
    long to = patients.standing(key).orElseThrow();
    if (to == old.id()) {
      return new NotChanged(Reason.NOTHING_TO_DO); // it has that number already, as a second one
    }
    Shown target = locked(new TreeSet<>(Set.of(old.id(), to)), to);
    if (target.hasStudy() || target.corrected()) {
      return new NotChanged(Reason.ID_OF_ANOTHER);
    }
    return write(
        PatientChange.Kind.UPDATE,
        target,
        old,
        order,
        at -> {
          patients.merge(old.id(), to);
          correct.at(to, at);
        });
  }

  /** Makes a patient one more number of another one, whose attributes all their studies show. */
  public ChangeResult merge(PatientKey wrong, PatientKey right, ChangeOrder order) {
    return locks.run(() -> {
      Optional<Long> from = patients.standing(wrong);
      Optional<Long> to = patients.standing(right);
      if (from.isEmpty() || to.isEmpty() || !wrong.siteId().equals(right.siteId())) {
        return new NotChanged(Reason.NOT_FOUND);
      }
      if (from.get().equals(to.get())) {
        return new NotChanged(Reason.NOTHING_TO_DO);
      }
      Set<Long> both = new TreeSet<>(Set.of(from.get(), to.get()));
      Shown standing = locked(both, to.get());
      Shown doubled = locked(both, from.get());
      return write(
          PatientChange.Kind.MERGE,
          standing,
          doubled,
          order,
          at -> {
            patients.merge(doubled.id(), standing.id());
            if (!standing.corrected()) {
              Shown said = standing.hasStudy() ? standing : doubled;
              patients.correct(standing.id(), said.name(), said.birthDate(), said.sex(), at);
            }
          });
    });
  }

  /** Takes a change back, unless a later one touched the same patients. */
  public ChangeResult undo(UUID siteId, long changeId, ChangeOrder order) {
    return locks.run(() -> {
      Optional<PatientChange> found = history.byId(siteId, changeId);
      if (found.isEmpty()) {
        return new NotChanged(Reason.NOT_FOUND);
      }
      PatientChange change = found.get();
      if (change.kind() == PatientChange.Kind.UNDO || change.undoneBy() != null) {
        return new NotChanged(Reason.NOT_UNDOABLE);
      }
      Set<Long> touched = touched(change.patient(), change.other());
      patients.lock(touched);
      if (!patients.snapshot(touched).equals(change.after())) {
        return new NotChanged(Reason.CHANGED_SINCE);
      }
      List<Study> studies = patients.studies(touched);
      patients.restore(change.before());
      return written(
          new HistoryRows.Line(
              siteId,
              PatientChange.Kind.UNDO,
              change.patient(),
              change.other(),
              changeId,
              order.actor(),
              order.reason(),
              change.after(),
              patients.snapshot(touched),
              studies.size()),
          studies);
    });
  }

  /** The changes of a patient and of all that are one with it, newest first, at most 1000. */
  public List<PatientChange> history(PatientKey key) {
    return locks.run(() -> patients.standing(key).map(history::of).orElseGet(List::of));
  }

  /** Our own number of the patient that stands for the named one. */
  public Optional<Long> standing(PatientKey key) {
    return patients.standing(key);
  }

  /** One of the locked patients; a moment ago it may have become the double of another one. */
  private Shown locked(Set<Long> all, long which) {
    patients.lock(all);
    Shown shown = patients.shown(which);
    if (shown.isDouble()) {
      throw new CannotAcquireLockException("the patient was merged meanwhile");
    }
    return shown;
  }

  private ChangeResult write(
      PatientChange.Kind kind,
      Shown standing,
      @Nullable Shown other,
      ChangeOrder order,
      Changing change) {
    Set<Long> touched = touched(standing.id(), other == null ? null : other.id());
    String before = patients.snapshot(touched);
    List<Study> studies = patients.studies(touched);
    change.at(clock.instant());
    return written(
        new HistoryRows.Line(
            standing.siteId(),
            kind,
            standing.id(),
            other == null ? null : other.id(),
            null,
            order.actor(),
            order.reason(),
            before,
            patients.snapshot(touched),
            studies.size()),
        studies);
  }

  private Changed written(HistoryRows.Line line, List<Study> studies) {
    Instant now = clock.instant();
    ShownPatients.refresh(jdbc, studies.stream().map(Study::id).toList(), now);
    return new Changed(history.insert(line, now), studies.stream().map(Study::uid).toList());
  }

  private static Set<Long> touched(long patient, @Nullable Long other) {
    return other == null ? Set.of(patient) : new TreeSet<>(Set.of(patient, other));
  }
}
