package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.heliograph.node.forward.LinkProgress;
import org.heliograph.node.inbox.InboxReport;
import org.heliograph.node.inbox.ReportForm;
import org.heliograph.node.lan.CacheState;
import org.heliograph.node.link.GatewayStatus;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.InstanceState;
import org.heliograph.node.spool.PrunePolicy;
import org.heliograph.node.spool.SpoolTotals;
import org.heliograph.node.spool.SpooledDocument;
import org.heliograph.node.spool.SpooledInstance;
import org.heliograph.node.status.StatusDocument;
import org.heliograph.node.status.StatusDocument.LinkState;
import org.heliograph.node.status.StatusSource;
import org.jspecify.annotations.Nullable;

/** What the status page, the commands and the hub are told of this gateway. */
final class GatewayView implements StatusSource {
  static final String SOFTWARE = "Heliograph gateway 0.1.0";

  private static final int MOST_REPORTS = 100;
  private static final int MOST_EXPORTED = 100_000;
  private static final List<InstanceState> WAITING =
      List.of(
          InstanceState.PARKED,
          InstanceState.PARCELLED,
          InstanceState.PREPARED,
          InstanceState.RECEIVED);

  private final GatewaySettings settings;
  private final Stores stores;
  private final StudyView studies;
  private final ParkedView parked;
  private final Supplier<LinkFacts> link;
  private final InstantSource clock;
  private final Instant startedAt;

  GatewayView(
      GatewaySettings settings, Stores stores, Supplier<LinkFacts> link, InstantSource clock) {
    this.settings = settings;
    this.stores = stores;
    this.studies = new StudyView(stores);
    this.parked = new ParkedView(stores);
    this.link = link;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  @Override
  public StatusDocument look(Sight sight) {
    boolean names = sight == Sight.WITH_PATIENTS;
    Instant now = clock.instant();
    LinkFacts facts = link.get();
    LinkProgress progress = facts.progress();
    SpoolTotals totals = totals();
    StudyView.Page page = studies.page(progress, names);
    CacheState worklist = stores.worklist().state();
    return new StatusDocument(
        settings.clinic(),
        SOFTWARE,
        startedAt,
        now,
        names,
        settings.status().pin() != null,
        line(facts, now),
        new StatusDocument.Waiting(
            totals.waiting(),
            totals.waitingBytes(),
            seconds(totals.oldestWaitingAt(), now),
            minutesLeft(progress),
            totals.parked(),
            totals.quarantined(),
            totals.damaged(),
            totals.confirmed()),
        new StatusDocument.Disk(
            totals.diskFreeBytes(),
            totals.diskUsedBytes(),
            totals.diskFreeBytes() <= totals.reserveBytes()),
        new StatusDocument.Worklist(worklist.entries(), seconds(worklist.fetchedAt(), now)),
        page.studies(),
        page.truncated(),
        parked.list(),
        reports(names),
        List.of());
  }

  /** What the hub is told about once a minute. */
  GatewayStatus forHub() {
    SpoolTotals totals = totals();
    LinkProgress progress = link.get().progress();
    Long oldest = seconds(totals.oldestWaitingAt(), clock.instant());
    return new GatewayStatus(
        SOFTWARE,
        startedAt,
        totals.waiting(),
        totals.waitingBytes(),
        oldest == null ? 0 : oldest,
        totals.parked() + totals.quarantined(),
        totals.diskFreeBytes(),
        totals.diskUsedBytes(),
        progress == null || progress.bytesPerSecond() <= 0
            ? null
            : Long.valueOf((long) progress.bytesPerSecond()));
  }

  @Override
  public int retry(String id) throws IOException {
    return parked.retry(id);
  }

  @Override
  public boolean urgent(String study, Urgency urgency) throws IOException {
    return studies.urgent(study, urgency);
  }

  @Override
  public int prune() throws IOException {
    return stores
        .spool()
        .prune(
            new PrunePolicy(
                Duration.ofDays(settings.spool().keepDays()),
                settings.spool().keepBytes(),
                2 * settings.spool().reserveBytes()));
  }

  @Override
  public Optional<Path> report(UUID id) {
    Optional<Path> pdf = stores.inbox().file(id, ReportForm.PDF);
    if (pdf.isPresent()) {
      try {
        stores.inbox().read(id);
      } catch (IOException e) {
        // It is shown all the same; it counts as unread.
      }
    }
    return pdf;
  }

  @Override
  public List<Waiting> waiting() {
    List<Waiting> all = new ArrayList<>();
    for (InstanceState state : WAITING) {
      for (SpooledInstance each : stores.spool().in(state, MOST_EXPORTED)) {
        all.add(
            new Waiting(
                each.id(),
                "dcm",
                "",
                stores.spool().file(each).toAbsolutePath().toString(),
                each.digest(),
                state.name()));
      }
      for (SpooledDocument each : stores.spool().documentsIn(state, MOST_EXPORTED)) {
        all.add(
            new Waiting(
                each.id(),
                extension(each.mediaType()),
                "",
                stores.spool().file(each).toAbsolutePath().toString(),
                each.digest(),
                state.name()));
      }
    }
    return all;
  }

  private static String extension(String mediaType) {
    return switch (mediaType) {
      case "image/jpeg" -> "jpg";
      case "image/png" -> "png";
      case "application/pdf" -> "pdf";
      default -> "bin";
    };
  }

  private SpoolTotals totals() {
    try {
      return stores.spool().totals();
    } catch (IOException e) {
      throw new IllegalStateException("the disk does not answer", e);
    }
  }

  /** Told once all that waits is packed: what is not prepared yet has no size on the line. */
  private @Nullable Long minutesLeft(@Nullable LinkProgress progress) {
    boolean packed =
        progress != null
            && !progress.parcels().isEmpty()
            && stores.spool().in(InstanceState.RECEIVED, 1).isEmpty()
            && stores.spool().in(InstanceState.PREPARED, 1).isEmpty();
    return packed && progress != null ? progress.minutesLeft() : null;
  }

  private static StatusDocument.Link line(LinkFacts facts, Instant now) {
    LinkProgress progress = facts.progress();
    String trouble = progress == null ? "" : progress.trouble();
    return new StatusDocument.Link(
        state(facts, trouble),
        facts.hub(),
        seconds(facts.lastContact(), now),
        progress == null || progress.bytesPerSecond() <= 0
            ? null
            : Long.valueOf((long) progress.bytesPerSecond()),
        facts.capBytesPerSecond(),
        trouble);
  }

  private static LinkState state(LinkFacts facts, String trouble) {
    LinkProgress progress = facts.progress();
    if (!facts.enrolled()) {
      return facts.enrolling() ? LinkState.ENROLLING : LinkState.NOT_ENROLLED;
    }
    if (progress == null || progress.state() == LinkProgress.State.DOWN) {
      return trouble.equals("GW-HUB-NOT-TRUSTED") ? LinkState.REFUSED : LinkState.DOWN;
    }
    return progress.state() == LinkProgress.State.REFUSED && !isPassing(trouble)
        ? LinkState.REFUSED
        : LinkState.UP;
  }

  /** The hub is there and has no time, or no place just now. */
  private static boolean isPassing(String trouble) {
    return trouble.startsWith("GW-HUB-5") || trouble.equals("GW-HUB-429");
  }

  private List<StatusDocument.Report> reports(boolean names) {
    return stores.inbox().reports().stream()
        .limit(MOST_REPORTS)
        .map(each ->
            new StatusDocument.Report(
                each.id(),
                each.told().caseNumber(),
                each.told().signedAt(),
                each.state() == InboxReport.State.HERE,
                names ? each.told().title() : null,
                names ? each.told().patientName() : null,
                names ? each.told().patientId() : null))
        .toList();
  }

  private static @Nullable Long seconds(@Nullable Instant since, Instant now) {
    return since == null
        ? null
        : Long.valueOf(Math.max(0, now.getEpochSecond() - since.getEpochSecond()));
  }
}
