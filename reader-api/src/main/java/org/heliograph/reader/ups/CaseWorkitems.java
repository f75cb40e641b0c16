package org.heliograph.reader.ups;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Uid;
import org.heliograph.reader.access.People;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseId;
import org.heliograph.reader.cases.CaseObserver;
import org.heliograph.reader.cases.CaseState;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the workitems of cases in step with them, whoever changes a case and by whatever door: in
 * the same transaction, before it commits, and once for each case however much happened to it. So
 * an answer that gives a case back to its reader does not look like a release.
 *
 * <p>A workitem is final for ever, a case is not: each time it waits again it gets a new workitem.
 */
@Component
class CaseWorkitems implements CaseObserver {
  private final WorkitemRows rows;
  private final EventRows events;
  private final People people;
  private final InstantSource clock;

  CaseWorkitems(WorkitemRows rows, EventRows events, People people, InstantSource clock) {
    this.rows = rows;
    this.events = events;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public void changed(CaseFile after) {
    if (!mayHaveWorkitem(after.state())) {
      return;
    }
    Settling settling = null;
    for (var known : TransactionSynchronizationManager.getSynchronizations()) {
      settling = known instanceof Settling mine ? mine : settling;
    }
    if (settling == null) {
      settling = new Settling();
      TransactionSynchronizationManager.registerSynchronization(settling);
    }
    settling.changes.put(after.id(), after);
  }

  private final class Settling implements TransactionSynchronization {
    private final Map<CaseId, CaseFile> changes = new LinkedHashMap<>();

    @Override
    public void beforeCommit(boolean readOnly) {
      changes.values().forEach(CaseWorkitems.this::settle);
    }
  }

  /** Brings the workitem of a locked case in line with it. */
  void settle(CaseFile file) {
    var open = rows.open(file.id()).orElse(null);
    switch (file.state()) {
      case WAITING -> {
        if (open != null && open.state() == WorkitemState.IN_PROGRESS) {
          cancel(described(open, file), "");
          open = null;
        }
        if (open == null) {
          create(file);
        } else {
          keep(open, file);
        }
      }
      case CLAIMED, NEEDS_INFO, REPORTED -> {
        if (open != null && isOfAnother(open, file)) {
          cancel(described(open, file), "");
          open = null;
        }
        if (open == null) {
          open = create(file);
        }
        if (open.state() == WorkitemState.SCHEDULED) {
          begin(described(open, file), file.readerId());
        } else {
          keep(open, file);
        }
      }
      case FINAL, DELIVERED, ACKNOWLEDGED, AMENDED -> {
        if (open != null) {
          complete(begun(described(open, file), file.readerId()));
        }
      }
      case REJECTED, CANCELLED -> {
        if (open != null) {
          cancel(begun(described(open, file), null), rows.lastWords(file.id()));
        }
      }
      case DRAFT, SUBMITTED, RECEIVING -> {}
    }
  }

  private static boolean mayHaveWorkitem(CaseState state) {
    return switch (state) {
      case DRAFT, SUBMITTED, RECEIVING -> false;
      default -> true;
    };
  }

  private static boolean isOfAnother(Workitem open, CaseFile file) {
    return open.state() == WorkitemState.IN_PROGRESS
        && open.performerId() != null
        && !open.performerId().equals(file.readerId());
  }

  private Workitem create(CaseFile file) {
    var dataset = CaseDataset.describe(Dataset.empty(), file, rows.studies(file.id()));
    var made =
        rows.insert(
                Uid.create().value(),
                file.id(),
                null,
                readiness(file),
                dataset,
                CaseDataset.due(file))
            .orElseThrow();
    events.tell(made, List.of(EventReport.state(made)));
    return made;
  }

  /** The same state; subscribers hear of it if the input became ready or is no longer. */
  private void keep(Workitem open, CaseFile file) {
    var kept = described(open, file);
    boolean told = !kept.readiness().equals(open.readiness());
    if (told || !kept.dataset().equals(open.dataset()) || !kept.dueAt().equals(open.dueAt())) {
      rows.update(kept);
      events.tell(kept, told ? List.of(EventReport.state(kept)) : List.of());
    }
  }

  private void begin(Workitem open, @Nullable UUID reader) {
    // The lock is there already where a program claims; else none is known to anybody.
    var dataset =
        reader == null
            ? open.dataset()
            : people
                .byId(reader)
                .map(person -> CaseDataset.begun(open.dataset(), person, now()))
                .orElse(open.dataset());
    var begun = open.with(dataset).performedBy(reader, open.transactionUid());
    rows.update(begun);
    var reports = new ArrayList<EventReport>();
    reports.add(EventReport.state(begun));
    if (reader != null) {
      reports.add(EventReport.assigned(begun));
    }
    events.tell(begun, reports);
  }

  /** A step that ends was in progress before (PS3.4 CC.2.2.3), if only for a moment. */
  private Workitem begun(Workitem open, @Nullable UUID reader) {
    if (open.state() == WorkitemState.SCHEDULED) {
      begin(open, reader);
      return rows.lock(open.id()).orElseThrow();
    }
    return open;
  }

  private void complete(Workitem open) {
    end(open.with(WorkitemState.COMPLETED, CaseDataset.done(open.dataset(), now())));
  }

  private void cancel(Workitem open, String reason) {
    end(open.with(WorkitemState.CANCELED, FinalState.canceled(open.dataset(), now(), reason)));
  }

  private void end(Workitem ended) {
    rows.update(ended);
    events.tell(ended, List.of(EventReport.state(ended)));
  }

  private Workitem described(Workitem open, CaseFile file) {
    return open.with(CaseDataset.describe(open.dataset(), file, rows.studies(file.id())))
        .readiness(readiness(file), CaseDataset.due(file));
  }

  private static String readiness(CaseFile file) {
    return file.state() == CaseState.NEEDS_INFO ? Workitem.INCOMPLETE : Workitem.READY;
  }

  private Instant now() {
    return clock.instant();
  }
}
