package org.heliograph.archive.retention;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heliograph.archive.catalog.BriefLocks;
import org.heliograph.archive.reject.CountedAnew;
import org.heliograph.archive.reject.RejectCode;
import org.heliograph.archive.retention.RemovalListener.Removed;
import org.heliograph.archive.retention.RemovalRows.Deletion;
import org.heliograph.archive.retention.RemovalRows.Hidden;
import org.heliograph.archive.retention.RemovalRows.Study;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes rejected instances whose time has come: some hundred rows in a transaction, which puts
 * their blobs on a list; the blobs go afterwards. It may end at any step and goes on where it was.
 * A legal hold stops it before each transaction.
 */
final class Removal {
  private static final Logger log = LoggerFactory.getLogger(Removal.class);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration HELD_PAUSE = Duration.ofHours(1);
  private static final Duration FAULT_PAUSE = Duration.ofMinutes(1);
  private static final Set<String> ACCEPTED_AGAIN =
      Arrays.stream(RejectCode.values())
          .filter(RejectCode::acceptedAgain)
          .map(RejectCode::value)
          .collect(Collectors.toUnmodifiableSet());

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final BriefLocks locks;
  private final RemovalRows rows;
  private final RemovalListener listener;
  private final RemovalSteps steps;
  private final InstantSource clock;

  Removal(
      DataSource dataSource,
      StudyFacts facts,
      RemovalListener listener,
      RemovalSteps steps,
      InstantSource clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.locks = new BriefLocks(transaction, jdbc);
    this.rows = new RemovalRows(jdbc, facts);
    this.listener = listener;
    this.steps = steps;
    this.clock = clock;
  }

  private enum Outcome {
    MORE,
    HELD,
    EMPTY,
    CANCELLED
  }

  /** Removes what is due; returns how many removals ended. */
  int work() {
    int ended = 0;
    for (Optional<Deletion> next = claim(); next.isPresent(); next = claim()) {
      steps.reached(RemovalStep.CLAIMED);
      ended += remove(next.get()) ? 1 : 0;
    }
    return ended;
  }

  private Optional<Deletion> claim() {
    return transaction.execute(_ -> rows.claim(clock.instant(), lease()));
  }

  private static double lease() {
    return seconds(LEASE);
  }

  private static double seconds(Duration duration) {
    return (double) duration.toSeconds();
  }

  private boolean remove(Deletion deletion) {
    try {
      Outcome outcome;
      do {
        outcome = locks.run(() -> some(deletion));
        steps.reached(RemovalStep.ROWS_COMMITTED);
      } while (outcome == Outcome.MORE);
      return switch (outcome) {
        case HELD -> {
          rows.postpone(deletion.id(), "HELD", seconds(HELD_PAUSE));
          log.info("event=removal.held deletion={}", deletion.id());
          yield false;
        }
        case EMPTY -> {
          boolean ended = locks.run(() -> end(deletion));
          steps.reached(RemovalStep.ENDED);
          yield ended;
        }
        case MORE, CANCELLED -> false;
      };
    } catch (DataAccessException | TransactionException e) {
      String fault = e.getClass().getSimpleName();
      log.warn("event=removal.failed deletion={} cause={}", deletion.id(), fault);
      rows.postpone(deletion.id(), fault, seconds(FAULT_PAUSE));
      return false;
    }
  }

  private Outcome some(Deletion deletion) {
    if (!rows.stillWanted(deletion.id())) {
      return Outcome.CANCELLED;
    }
    List<Hidden> some = rows.next(deletion.rejection());
    if (some.isEmpty()) {
      return Outcome.EMPTY;
    }
    Set<Long> studies =
        some.stream().map(Hidden::study).collect(Collectors.toCollection(TreeSet::new));
    CountedAnew.lock(jdbc, studies);
    if (rows.anyHeld(studies)) {
      return Outcome.HELD;
    }
    for (Study study : rows.studies(studies)) {
      int count = (int) some.stream().filter(hidden -> hidden.study() == study.id()).count();
      listener.removed(new Removed(deletion.siteId(), study.uid(), count, deletion.actor(), false));
    }
    rows.remove(
        deletion, some.stream().map(Hidden::id).toList(), ACCEPTED_AGAIN, clock.instant(), lease());
    steps.reached(RemovalStep.ROWS_WRITTEN);
    return Outcome.MORE;
  }

  /** Takes away studies of which nothing but notes is left, and ends the removal. */
  private boolean end(Deletion deletion) {
    if (!rows.stillWanted(deletion.id())) {
      return false;
    }
    List<Long> bare = rows.bareStudies(deletion).stream().map(Study::id).toList();
    if (!bare.isEmpty()) {
      rows.lockWhole(bare);
      // Something may have arrived, or a hold been placed, until the locks were there.
      List<Study> studies =
          rows.bareStudies(deletion).stream().filter(s -> bare.contains(s.id())).toList();
      List<Long> ids = studies.stream().map(Study::id).toList();
      if (rows.anyHeld(ids)) {
        rows.postpone(deletion.id(), "HELD", seconds(HELD_PAUSE));
        return false;
      }
      studies.forEach(study ->
          listener.removed(new Removed(deletion.siteId(), study.uid(), 0, deletion.actor(), true)));
      rows.removeStudies(ids, clock.instant());
    }
    rows.end(deletion.id(), clock.instant());
    log.info("event=removal.done deletion={}", deletion.id());
    return true;
  }
}
