package org.heliograph.node.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.peer.PeerConnections;
import org.heliograph.node.spool.JournalTable;
import org.heliograph.node.work.BackOff;
import org.heliograph.node.work.Worker;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a clinic. A report is written down when it is announced, fetched until its files
 * are whole and durable, and then brought to where the clinic wants it; each of these goes on after
 * a power cut where it was.
 */
public final class Inbox implements AutoCloseable {
  private static final String BAD_ANNOUNCEMENT = "GW-REPORT-ANNOUNCEMENT";
  private static final int MOST = 10_000;
  private static final BackOff PAUSES = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(10));

  private final Path folder;
  private final DurableFiles files;
  private final InstantSource clock;
  private final InboxSettings settings;

  /** By the hub's id of the delivery. */
  private final JournalTable<InboxReport> reports;

  private final List<Worker> workers = new ArrayList<>();
  private @Nullable ReportFetch fetching;

  private Inbox(
      Path folder,
      DurableFiles files,
      InstantSource clock,
      InboxSettings settings,
      JournalTable<InboxReport> reports) {
    this.folder = folder;
    this.files = files;
    this.clock = clock;
    this.settings = settings;
    this.reports = reports;
  }

  /** Opens the inbox, or makes an empty one. */
  public static Inbox open(
      Path folder, DurableFiles files, InstantSource clock, InboxSettings settings)
      throws IOException {
    files.createFolders(folder);
    return new Inbox(
        folder,
        files,
        clock,
        settings,
        JournalTable.open(folder, "reports", files, InboxReport.class));
  }

  /** Begins to fetch and to deliver. */
  public synchronized void start(HubMessages hub, PeerConnections connections) {
    var fetch = new ReportFetch(this, hub, files, clock);
    var delivering = new Deliveries(this, settings, connections, files, clock);
    fetching = fetch;
    workers.add(Worker.start("report-fetch", fetch::fetchNext, PAUSES));
    workers.add(Worker.start("report-delivery", delivering::deliverNext, PAUSES));
  }

  /** The hub can be reached again: reports that broke off go on at once. */
  synchronized void linkIsBack() {
    if (fetching != null) {
      fetching.linkIsBack();
    }
    wake();
  }

  /** Something may be due earlier than it seemed. */
  private void wake() {
    workers.forEach(Worker::wake);
  }

  /** Takes a report that is to be fetched; durable when it returns. */
  synchronized void announce(HubMessage.ReportReady ready) throws IOException {
    String key = ready.delivery().toString();
    InboxReport known = reports.get(key).orElse(null);
    if (known != null && known.told().forms().equals(ready.forms())) {
      return;
    }
    var report =
        new InboxReport(
            known == null ? UUID.randomUUID() : known.id(),
            ready,
            InboxReport.State.ANNOUNCED,
            "",
            clock.instant(),
            null,
            null,
            List.of());
    reports.put(key, isSound(ready) ? report : report.parked(BAD_ANNOUNCEMENT));
    forget();
    wake();
  }

  private static boolean isSound(HubMessage.ReportReady ready) {
    List<ReportForm> known = new ArrayList<>();
    for (HubMessage.Form each : ready.forms()) {
      ReportForm form = ReportForm.of(each.form()).orElse(null);
      if (form != null) {
        boolean sound =
            each.sizeBytes() > 0
                && each.sizeBytes() <= form.maxBytes()
                && each.digest().matches("[0-9a-f]{64}")
                && !known.contains(form);
        if (!sound) {
          return false;
        }
        known.add(form);
      }
    }
    return !known.isEmpty();
  }

  /** All reports, the newest first. */
  public List<InboxReport> reports() {
    return reports.values().stream()
        .sorted(
            Comparator.comparing(InboxReport::announcedAt)
                .reversed()
                .thenComparing(each -> each.told().sequence(), Comparator.reverseOrder()))
        .toList();
  }

  /** A report by our id. */
  public Optional<InboxReport> find(UUID id) {
    return reports.values().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** The file of a form, if it is here. */
  public Optional<Path> file(UUID id, ReportForm form) {
    return find(id)
        .filter(each -> each.state() == InboxReport.State.HERE && each.forms().contains(form))
        .map(each -> file(each, form));
  }

  /** How many are here that nobody read, and how many wait for a person. */
  public Counts counts() {
    List<InboxReport> all = reports.values();
    return new Counts(
        all.stream().filter(each -> each.state() == InboxReport.State.ANNOUNCED).count(),
        all.stream()
            .filter(each -> each.state() == InboxReport.State.HERE && each.readAt() == null)
            .count(),
        all.stream().filter(InboxReport::isParked).count());
  }

  /** Numbers of reports. */
  public record Counts(long announced, long unread, long parked) {}

  /** Somebody opened it; the first time counts. */
  public synchronized void read(UUID id) throws IOException {
    change(id, each -> each.readAt() == null ? each.read(clock.instant()) : each);
  }

  /** Tries again what waits for a person, and at once what waits for its time. */
  public synchronized void retry(UUID id) throws IOException {
    Instant now = clock.instant();
    change(
        id,
        each -> {
          InboxReport tried = each;
          if (each.state() == InboxReport.State.PARKED && isSound(each.told())) {
            tried = each.announced();
          }
          for (Delivery delivery : each.deliveries()) {
            if (delivery.state() == Delivery.State.PARKED
                || delivery.state() == Delivery.State.WAITING) {
              tried = tried.with(delivery.place(), old -> Delivery.waiting(old.place(), now));
            }
          }
          return tried;
        });
    wake();
  }

  synchronized void change(UUID id, UnaryOperator<InboxReport> change) throws IOException {
    InboxReport before = find(id).orElse(null);
    if (before != null) {
      InboxReport after = change.apply(before);
      if (!after.equals(before)) {
        reports.put(before.told().delivery().toString(), after);
      }
    }
  }

  /** Its files are whole: from now on it is delivered. */
  synchronized void arrived(UUID id) throws IOException {
    Instant now = clock.instant();
    change(
        id,
        each -> {
          List<Delivery> all = new ArrayList<>();
          for (Delivery.Place place : Delivery.Place.values()) {
            ReportForm needed = place == Delivery.Place.PACS_SR ? ReportForm.SR : ReportForm.PDF;
            if (settings.delivers(place) && each.forms().contains(needed)) {
              all.add(Delivery.waiting(place, now));
            }
          }
          return each.here(now, all);
        });
    wake();
  }

  Path folder(InboxReport report) {
    return folder.resolve(report.id().toString());
  }

  Path file(InboxReport report, ReportForm form) {
    return folder(report).resolve(form.word());
  }

  private synchronized void forget() throws IOException {
    Instant now = clock.instant();
    List<InboxReport> all = reports();
    for (int i = 0; i < all.size(); i++) {
      InboxReport each = all.get(i);
      if (!each.isUnfinished() && (i >= MOST || isOld(each, now))) {
        reports.remove(each.told().delivery().toString());
        clear(folder(each));
      }
    }
  }

  private boolean isOld(InboxReport report, Instant now) {
    @Nullable Instant readAt = report.readAt();
    Instant arrivedAt = report.arrivedAt();
    return readAt != null
        ? readAt.plus(settings.keptAfterReading()).isBefore(now)
        : arrivedAt != null
            && arrivedAt.plus(settings.keptAfterReading().multipliedBy(4)).isBefore(now);
  }

  private void clear(Path reportFolder) throws IOException {
    if (Files.isDirectory(reportFolder)) {
      try (var all = Files.list(reportFolder)) {
        for (Path each : all.toList()) {
          files.delete(each);
        }
      }
      files.delete(reportFolder);
    }
  }

  /** Lets go of the hub and the PACS within some seconds. */
  @Override
  public void close() throws IOException {
    List<Worker> running;
    synchronized (this) {
      running = List.copyOf(workers);
      workers.clear();
    }
    running.forEach(Worker::close);
    reports.close();
  }
}
