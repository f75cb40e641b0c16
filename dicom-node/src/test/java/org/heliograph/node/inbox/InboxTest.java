package org.heliograph.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.heliograph.node.lan.FakeClock;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.peer.PeerConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
  private static final PeerConnections PLAIN =
      new PeerConnections(() -> {
        throw new IllegalStateException("no TLS here");
      });
  private static final byte[] TEXT = "No fracture.".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final StandInHub hub = new StandInHub();
  private DurableFiles disk = DurableFiles.SYSTEM;
  private InboxSettings settings =
      new InboxSettings(
          Duration.ofDays(90),
          new AeTitle("GATEWAY"),
          null,
          null,
          ZoneId.of("Pacific/Chatham"),
          Duration.ofDays(7));

  @Test
  void a_report_is_fetched_piece_by_piece_and_goes_on_where_it_broke_off() throws Exception {
    byte[] pdf = StandInHub.pdf(200_001);
    var ready = hub.tell(ordered(pdf));
    try (var inbox = open()) {
      inbox.announce(ready);
      hub.bytesLeft = 120_000;
      fetch(inbox, 1);
      assertThat(inbox.counts()).isEqualTo(new Inbox.Counts(1, 0, 0));
      assertThat(inbox.file(inbox.reports().getFirst().id(), ReportForm.PDF)).isEmpty();
    }
    int before = hub.ranges.size();
    assertThat(before).isEqualTo(3);
    hub.away = false;
    try (var inbox = open()) {
      fetch(inbox, 1);

      assertThat(hub.ranges.get(before)).isEqualTo("pdf 98304-131072");
      InboxReport report = inbox.reports().getFirst();
      assertThat(report.state()).isEqualTo(InboxReport.State.HERE);
      assertThat(inbox.file(report.id(), ReportForm.PDF).orElseThrow()).hasBinaryContent(pdf);
      assertThat(inbox.file(report.id(), ReportForm.TEXT).orElseThrow()).hasBinaryContent(TEXT);
      assertThat(inbox.file(report.id(), ReportForm.SR)).isEmpty();
      assertThat(inbox.counts()).isEqualTo(new Inbox.Counts(0, 1, 0));
      inbox.read(report.id());
      assertThat(inbox.counts()).isEqualTo(new Inbox.Counts(0, 0, 0));
    }
  }

  @Test
  void a_hub_that_lies_about_a_digest_is_tried_some_times() throws Exception {
    UUID delivery = UUID.randomUUID();
    hub.forms.put(delivery + "/text", TEXT);
    var lie = new HubMessage.Form("text", TEXT.length, "0".repeat(64));
    try (var inbox = open()) {
      inbox.announce(StandInHub.ready(1, delivery, List.of(lie)));
      fetch(inbox, 20);
      InboxReport report = inbox.reports().getFirst();
      assertThat(report.code()).isEqualTo("GW-REPORT-DIGEST");
      assertThat(hub.ranges).hasSize(5);
      assertThat(inbox.file(report.id(), ReportForm.TEXT)).isEmpty();
      assertThat(files(folder.resolve(report.id().toString()))).isEmpty();

      inbox.retry(report.id());
      fetch(inbox, 1);
      assertThat(hub.ranges).hasSize(6);
    }
  }

  @Test
  void announcements_that_cannot_be_are_shown_and_not_fetched() throws Exception {
    List<HubMessage.Form> bad =
        List.of(
            new HubMessage.Form("pdf", 1L << 40, "0".repeat(64)),
            new HubMessage.Form("pdf", -1, "0".repeat(64)),
            new HubMessage.Form("pdf", 10, "../../etc"),
            new HubMessage.Form("../pdf", 10, "0".repeat(64)));
    try (var inbox = open()) {
      for (HubMessage.Form each : bad) {
        inbox.announce(StandInHub.ready(1, UUID.randomUUID(), List.of(each)));
      }
      inbox.announce(StandInHub.ready(1, UUID.randomUUID(), List.of()));
      fetch(inbox, 3);

      assertThat(inbox.reports())
          .hasSize(5)
          .allSatisfy(each -> assertThat(each.code()).isEqualTo("GW-REPORT-ANNOUNCEMENT"));
      assertThat(hub.ranges).isEmpty();
      inbox.retry(inbox.reports().getFirst().id());
      assertThat(inbox.counts().parked()).isEqualTo(5);
    }
  }

  @Test
  void a_body_without_end_or_without_anything_is_not_taken() throws Exception {
    var ready = hub.tell(Map.of("text", TEXT));
    for (int length : new int[] {0, 1 << 20}) {
      var lying =
          new StandInHub() {
            @Override
            public synchronized byte[] report(UUID delivery, String form, long from, int wanted) {
              ranges.add("");
              return new byte[length];
            }
          };
      try (var inbox =
          Inbox.open(folder.resolve("" + length), DurableFiles.SYSTEM, clock, settings)) {
        inbox.announce(ready);
        fetch(inbox, lying, 20);
        assertThat(inbox.reports().getFirst().code()).isEqualTo("GW-REPORT-DIGEST");
        assertThat(lying.ranges).hasSize(5);
      }
    }
  }

  @Test
  void a_report_that_is_gone_waits_for_a_person() throws Exception {
    var ready = hub.tell(Map.of("text", TEXT));
    hub.forms.clear();
    try (var inbox = open()) {
      inbox.announce(ready);
      fetch(inbox, 1);

      assertThat(inbox.reports().getFirst().code()).isEqualTo("GW-REPORT-GONE");
    }
  }

  @Test
  void read_reports_are_forgotten_before_unread_ones() throws Exception {
    try (var inbox = open()) {
      inbox.announce(hub.tell(Map.of("text", TEXT)));
      inbox.announce(hub.tell(Map.of("text", TEXT)));
      fetch(inbox, 2);
      InboxReport read = inbox.reports().getLast();
      inbox.read(read.id());
      clock.advance(Duration.ofDays(91));
      inbox.announce(hub.tell(Map.of("text", TEXT)));
      assertThat(inbox.reports()).hasSize(2).doesNotContain(read);
      assertThat(folder.resolve(read.id().toString())).doesNotExist();

      fetch(inbox, 1);
      clock.advance(Duration.ofDays(300));
      inbox.announce(hub.tell(Map.of("text", TEXT)));
      assertThat(inbox.reports()).as("the unread of 391 days ago").hasSize(2);
    }
  }

  @Test
  void the_printed_file_has_a_name_without_the_patients() throws Exception {
    Path printer = Files.createDirectory(folder.resolve("printer"));
    settings = settings.printFolder(printer);
    byte[] pdf = StandInHub.pdf(70_000);
    try (var inbox = open()) {
      inbox.announce(hub.tell(ordered(pdf)));
      fetch(inbox, 1);
      deliver(inbox, DurableFiles.SYSTEM, 3);
      UUID id = inbox.reports().getFirst().id();

      assertThat(files(printer))
          .containsExactly("2026-11-21_HG-2026001_" + id.toString().substring(0, 8) + ".pdf");
      assertThat(printer.resolve(files(printer).getFirst())).hasBinaryContent(pdf);
      Files.delete(printer.resolve(files(printer).getFirst()));
      inbox.retry(id);
      deliver(inbox, DurableFiles.SYSTEM, 3);
      assertThat(files(printer)).as("printed once").isEmpty();
    }
  }

  @Test
  void a_folder_that_is_missing_is_tried_for_days_and_then_shown() throws Exception {
    Path printer = folder.resolve("printer");
    settings = settings.printFolder(printer);
    try (var inbox = open()) {
      inbox.announce(hub.tell(ordered(StandInHub.pdf(100))));
      fetch(inbox, 1);
      var deliveries = new Deliveries(inbox, settings, PLAIN, DurableFiles.SYSTEM, clock);
      for (int i = 0; i < 1000; i++) {
        clock.advance(Duration.ofMinutes(10));
        deliveries.deliverNext();
      }
      assertThat(inbox.counts().parked()).isZero();
      for (int i = 0; i < 100; i++) {
        clock.advance(Duration.ofMinutes(10));
        deliveries.deliverNext();
      }
      assertThat(inbox.counts().parked()).isEqualTo(1);
      assertThat(inbox.reports().getFirst().deliveries())
          .extracting(Delivery::code)
          .containsExactly("NO_FOLDER");

      Files.createDirectory(printer);
      inbox.retry(inbox.reports().getFirst().id());
      deliveries.deliverNext();
      assertThat(files(printer)).hasSize(1);
      assertThat(inbox.counts().parked()).isZero();
    }
  }

  /** Whatever the cuts, each report comes whole, and each is put into the folder once. */
  @Test
  void power_cuts_lose_no_report_and_print_none_twice() throws Exception {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    Path root = Files.createDirectory(folder.resolve("disk"));
    Path printer = Files.createDirectory(folder.resolve("printer"));
    settings = settings.printFolder(printer);
    Map<UUID, byte[]> announced = new HashMap<>();
    Map<String, Integer> printed = new HashMap<>();
    for (int cut = 0; cut < 25; cut++) {
      var losing = new LosingDisk(root, chance, chance.nextInt(80));
      disk = losing;
      try (var inbox = Inbox.open(root.resolve("inbox"), disk, clock, settings)) {
        while (true) {
          if (chance.nextInt(4) == 0) {
            var ready = hub.tell(ordered(StandInHub.pdf(9 + chance.nextInt(50_000))));
            inbox.announce(ready);
            announced.put(ready.delivery(), hub.forms.get(ready.delivery() + "/pdf"));
          }
          if (chance.nextInt(5) == 0) {
            hub.bytesLeft = chance.nextInt(50_000);
          }
          goOn(inbox, printer, printed);
        }
      } catch (IOException e) {
        losing.cut();
      }
    }
    disk = DurableFiles.SYSTEM;
    try (var inbox = Inbox.open(root.resolve("inbox"), disk, clock, settings)) {
      while (inbox.reports().stream().anyMatch(InboxReport::isUnfinished)) {
        goOn(inbox, printer, printed);
      }
    }
    try (var inbox = Inbox.open(root.resolve("inbox"), DurableFiles.SYSTEM, clock, settings)) {
      assertThat(inbox.reports()).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(announced.size());
      List<String> expected = new ArrayList<>();
      for (InboxReport each : inbox.reports()) {
        assertThat(each.isUnfinished()).as("seed %d, %s", seed, each.deliveries()).isFalse();
        byte[] pdf = announced.get(each.told().delivery());
        if (pdf != null) {
          assertThat(inbox.file(each.id(), ReportForm.PDF).orElseThrow())
              .as("seed %d", seed)
              .hasBinaryContent(pdf);
        }
        expected.add(each.id().toString().substring(0, 8));
      }
      assertThat(printed.keySet().stream().map(name -> name.replaceAll(".*_|\\.pdf", "")).toList())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(printed.values()).as("seed %d", seed).containsOnly(1);
    }
  }

  /** Fetches, delivers, and takes away what is there to print. */
  private void goOn(Inbox inbox, Path printer, Map<String, Integer> printed)
      throws IOException, InterruptedException {
    hub.away = false;
    clock.advance(Duration.ofHours(1));
    fetch(inbox, 1);
    // The folder of the printer is on another disk, which has its power.
    deliver(inbox, new TwoDisks(disk, printer), 1);
    for (String name : files(printer)) {
      if (name.endsWith(".pdf")) {
        printed.merge(name, 1, Integer::sum);
        Files.delete(printer.resolve(name));
      }
    }
  }

  /** The folder for printing is on a disk of its own that does not lose its power. */
  private record TwoDisks(DurableFiles inbox, Path printer) implements DurableFiles {
    private DurableFiles of(Path path) {
      return path.startsWith(printer) ? SYSTEM : inbox;
    }

    @Override
    public java.nio.channels.FileChannel create(Path path) throws IOException {
      return of(path).create(path);
    }

    @Override
    public void delete(Path path) throws IOException {
      of(path).delete(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      of(to).rename(from, to);
    }

    @Override
    public void forceFolder(Path path) throws IOException {
      of(path).forceFolder(path);
    }
  }

  private Inbox open() throws IOException {
    return Inbox.open(folder, DurableFiles.SYSTEM, clock, settings);
  }

  private void fetch(Inbox inbox, int times) throws IOException, InterruptedException {
    fetch(inbox, hub, times);
  }

  private void fetch(Inbox inbox, HubMessages from, int times)
      throws IOException, InterruptedException {
    var fetching = new ReportFetch(inbox, from, disk, clock);
    for (int i = 0; i < times; i++) {
      fetching.fetchNext();
      clock.advance(Duration.ofMinutes(15));
    }
  }

  private void deliver(Inbox inbox, DurableFiles files, int times) throws IOException {
    var deliveries = new Deliveries(inbox, settings, PLAIN, files, clock);
    for (int i = 0; i < times; i++) {
      deliveries.deliverNext();
      clock.advance(Duration.ofMinutes(20));
    }
  }

  private static Map<String, byte[]> ordered(byte[] pdf) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    content.put("pdf", pdf);
    content.put("text", TEXT);
    return content;
  }

  private static List<String> files(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
