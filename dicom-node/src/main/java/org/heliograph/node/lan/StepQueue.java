package org.heliograph.node.lan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.node.link.PerformedStepReport;
import org.heliograph.node.mpps.PerformedStep;
import org.heliograph.node.mpps.ProcedureStepSink;
import org.heliograph.node.query.QueryCaller;
import org.heliograph.node.spool.JournalTable;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Deadline;
import org.heliograph.node.work.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps performed procedure steps by the rules of the hub, and tells the hub of them: as each
 * stands, so that a revision that was superseded meanwhile costs nothing. Unreachable, the hub is
 * tried for ever; what it refuses waits for a person, or for the modality's next word.
 */
public final class StepQueue implements ProcedureStepSink, LocalSteps, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StepQueue.class);
  private static final int LARGEST_BYTES = 4 << 20;
  private static final long MOST_BYTES = 16L << 20;
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final BackOff PAUSES = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(10));

  private final JournalTable<KeptStep> steps;
  private final InstantSource clock;
  private @Nullable Worker worker;

  private StepQueue(JournalTable<KeptStep> steps, InstantSource clock) {
    this.steps = steps;
    this.clock = clock;
  }

  /** A step that the status page shows. */
  public record Waiting(
      SopInstanceUid sopInstance,
      String callingAe,
      PerformedStep.Status status,
      Instant changedAt,
      int failures,
      String code) {
    @Override
    public String toString() {
      return "Waiting[" + callingAe + "]";
    }
  }

  /** Opens the queue, or makes an empty one. */
  public static StepQueue open(Path folder, DurableFiles files, InstantSource clock)
      throws IOException {
    files.createFolders(folder);
    return new StepQueue(
        JournalTable.open(folder, "performed-steps", files, KeptStep.class), clock);
  }

  /** Begins to tell the hub. */
  public synchronized void start(HubExchange hub) {
    worker = Worker.start("performed-steps", () -> tellNext(hub), PAUSES);
  }

  @Override
  public synchronized void create(QueryCaller caller, SopInstanceUid step, Dataset attributes)
      throws IOException {
    String key = step.value().value();
    if (steps.get(key).isPresent()) {
      throw new DimseException(DimseStatus.DUPLICATE_SOP_INSTANCE);
    }
    Instant now = clock.instant();
    steps.put(
        key,
        new KeptStep(
            key,
            caller.callingAe().value(),
            new PerformedStep(attributes).status(),
            1,
            0,
            null,
            ScheduledStep.performedFor(attributes),
            json(attributes, key),
            now,
            0,
            now,
            ""));
    wake();
  }

  @Override
  public synchronized void change(QueryCaller caller, SopInstanceUid step, Change change)
      throws IOException {
    String key = step.value().value();
    KeptStep before =
        steps.get(key).orElseThrow(() -> new DimseException(DimseStatus.NO_SUCH_SOP_INSTANCE));
    Dataset after = change.apply(before.current());
    steps.put(key, before.changed(after, json(after, key), clock.instant()));
    wake();
  }

  private String json(Dataset attributes, String key) throws DimseException {
    String json = DicomJson.write(attributes, element -> null);
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    long others =
        steps.values().stream()
            .filter(each -> !each.sopInstanceUid().equals(key))
            .mapToLong(each -> each.attributes().length())
            .sum();
    // As the hub's database, which holds no U+0000.
    if (json.contains("\\u0000") || bytes > LARGEST_BYTES || others + bytes > MOST_BYTES) {
      throw new DimseException(
          DimseStatus.RESOURCE_LIMITATION.withComment("attributes too large, or with NUL"));
    }
    return json;
  }

  private void wake() {
    if (worker != null) {
      worker.wake();
    }
  }

  /** Tells the hub of the step that has waited for longest; when to look again. */
  Duration tellNext(HubExchange hub) throws InterruptedException, IOException {
    Instant now = clock.instant();
    KeptStep next = next();
    if (next == null) {
      forget(now);
      return Worker.UNTIL_WOKEN;
    }
    Duration early = Duration.between(now, next.dueAt());
    // Not longer than a pause can be, whatever became of the clock.
    if (early.isPositive() && early.compareTo(PAUSES.longest().multipliedBy(2)) < 0) {
      return early;
    }
    var report = new PerformedStepReport(next.callingAe(), next.revision(), next.attributes());
    try {
      settle(
          next,
          Deadline.within(
              SILENCE, () -> hub.tell(SopInstanceUid.of(next.sopInstanceUid()), report)));
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=step.not_told cause={}", e.getClass().getSimpleName());
      later(next);
    }
    return Duration.ZERO;
  }

  private @Nullable KeptStep next() {
    return steps.values().stream()
        .filter(each -> !each.isTold() && !each.isParked())
        .min(Comparator.comparing(KeptStep::dueAt))
        .orElse(null);
  }

  private synchronized void settle(KeptStep sent, HubExchange.StepAnswer answer)
      throws IOException {
    KeptStep now = steps.get(sent.sopInstanceUid()).orElse(sent);
    switch (answer) {
      case HubExchange.StepAnswer.Taken _ ->
          steps.put(sent.sopInstanceUid(), now.told(sent.revision(), clock.instant()));
      case HubExchange.StepAnswer.Refused refused -> {
        LOG.warn("event=step.parked code={}", refused.code());
        if (now.revision() == sent.revision()) {
          steps.put(sent.sopInstanceUid(), now.later(0, now.dueAt(), code(refused.code())));
        }
      }
    }
  }

  private static String code(String told) {
    return told.matches("[A-Z0-9_-]{1,32}") ? told : "GW-STEP-REFUSED";
  }

  private synchronized void later(KeptStep sent) throws IOException {
    KeptStep now = steps.get(sent.sopInstanceUid()).orElse(sent);
    if (now.revision() == sent.revision()) {
      int failures = now.failures() + 1;
      steps.put(
          now.sopInstanceUid(),
          now.later(failures, clock.instant().plus(PAUSES.after(failures)), ""));
    }
  }

  private synchronized void forget(Instant now) throws IOException {
    Instant longAgo = now.minus(REMEMBERED);
    for (KeptStep each : steps.values()) {
      if (each.isTold() && each.changedAt().isBefore(longAgo)) {
        steps.remove(each.sopInstanceUid());
      }
    }
  }

  /** What the hub does not have yet, the parked first, then the oldest change. */
  public List<Waiting> waiting() {
    return steps.values().stream()
        .filter(each -> !each.isTold())
        .sorted(
            Comparator.comparing((KeptStep each) -> !each.isParked())
                .thenComparing(KeptStep::changedAt))
        .map(each ->
            new Waiting(
                SopInstanceUid.of(each.sopInstanceUid()),
                each.callingAe(),
                each.status(),
                each.changedAt(),
                each.failures(),
                each.code()))
        .toList();
  }

  /** Tries a step again that was parked, or earlier than it would be; nothing if it is told. */
  public synchronized void retry(SopInstanceUid step) throws IOException {
    KeptStep kept = steps.get(step.value().value()).orElse(null);
    if (kept != null && !kept.isTold()) {
      steps.put(kept.sopInstanceUid(), kept.later(0, clock.instant(), ""));
      wake();
    }
  }

  @Override
  public Map<ScheduledStep, Progress> of(List<ScheduledStep> worklist, Instant fetchedAt) {
    return LocalProgress.of(worklist, steps.values(), fetchedAt);
  }

  @Override
  public void close() throws IOException {
    Worker running;
    synchronized (this) {
      running = worker;
      worker = null;
    }
    if (running != null) {
      running.close();
    }
    steps.close();
  }
}
