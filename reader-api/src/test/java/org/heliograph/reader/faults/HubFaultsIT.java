package org.heliograph.reader.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.CtStudies.Slice;
import org.heliograph.reader.Hub;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.settings.DataFolder;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A hub whose database dies or goes silent, and whose senders' links are cut: refusals are honest,
 * nothing acknowledged is lost, nothing is doubled, and service returns by itself.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class HubFaultsIT {
  private static final int SENDERS = 4;

  /** The hub's patience with its database, shorter than as shipped, so that the tests are too. */
  private static final Map<String, String> IMPATIENCE =
      Map.of(
          "spring.datasource.hikari.connection-timeout",
          "2000",
          "spring.datasource.hikari.data-source-properties.socketTimeout",
          "5");

  @TempDir private static Path folder;

  private static DataFolder servers;
  private static LocalPostgres postgres;
  private static FaultyLink toDatabase;
  private static FaultyLink toHub;
  private static Hub hub;

  private final List<Slice> slices = CtStudies.interleaved(2, 40, 64);
  private final List<Sender> senders = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    servers = new DataFolder(folder.resolve("servers")).create();
    postgres = LocalPostgres.start(servers);
    toDatabase = new FaultyLink(databasePort());
    var access = postgres.access();
    IMPATIENCE.forEach(System::setProperty);
    hub =
        Hub.start(
            HubOptions.parse(
                List.of(
                    "--data",
                    folder.resolve("hub").toString(),
                    "--database-url",
                    access
                        .url()
                        .replaceFirst(":" + databasePort() + "/", ":" + toDatabase.port() + "/"),
                    "--http-port",
                    "0",
                    "--dicom-port",
                    "0"),
                Map.of(
                    "HELIOGRAPH_DATABASE_USER",
                    access.user(),
                    "HELIOGRAPH_DATABASE_PASSWORD",
                    access.password())));
    IMPATIENCE.keySet().forEach(System::clearProperty);
    toHub = new FaultyLink(hub.dicomPort());
    Sites sites = hub.part(Sites.class);
    sites.add(new NewSite("FAULTS", "Clinic of Faults", "", Specialty.RADIOLOGY));
    for (int i = 0; i < SENDERS; i++) {
      sites.addAeTitle("FAULTS", "CT_" + i);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    toHub.close();
    hub.close();
    toDatabase.close();
    postgres.close();
  }

  @AfterEach
  void what_was_acknowledged_is_there_once() throws IOException {
    Archive archive = hub.part(Archive.class);
    for (Slice slice : slices) {
      StoredInstance stored = archive.catalog().instance(slice.instance()).orElseThrow();
      try (var in = archive.retrieve().dataset(stored)) {
        assertThat(CtStudies.sha256(in.readAllBytes())).isEqualTo(slice.digest());
      }
    }
    assertThat(
            hub.part(JdbcClient.class)
                .sql("select instance_count from archive.study where study_instance_uid = any(?)")
                .param(slices.stream().map(Slice::study).distinct().toArray(String[]::new))
                .query(Integer.class)
                .list())
        .hasSize(2)
        .containsOnly(slices.size() / 2);
    assertThat(
            senders.stream().flatMap(sender -> sender.acknowledged().stream()).distinct().count())
        .isEqualTo(slices.size());
  }

  @Test
  void a_database_that_is_killed_thrice_means_later_never_lost() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = send(threads, hub.dicomPort());
      for (int kill = 1; kill <= 3; kill++) {
        int enough = kill * slices.size() / 5;
        await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged() >= enough);
        killDatabase();
        int refused = refusals().size();
        await().atMost(Duration.ofMinutes(1)).until(() -> refusals().size() > refused);
        postgres = LocalPostgres.start(servers);
        toDatabase.leadTo(databasePort());
      }
      finish(sending);
    }
    assertThat(refusals()).containsOnly("A700");
  }

  @Test
  void a_database_that_goes_silent_holds_nobody_for_long() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = send(threads, hub.dicomPort());
      await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged() >= 10);
      // one that is associated when it happens: C-ECHO asks nothing of the database
      try (StorageScu echo = senders.getFirst().associate()) {
        toDatabase.hold(true);
        CompletableFuture<Boolean> answered =
            CompletableFuture.supplyAsync(() -> isEchoed(echo), threads);
        assertThat(answered.get(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofMinutes(1)).until(() -> !refusals().isEmpty());
      } finally {
        toDatabase.hold(false);
      }
      finish(sending);
    }
    assertThat(refusals()).containsOnly("A700");
  }

  @Test
  void links_that_are_cut_all_the_time_lose_nothing_also_of_what_is_sent_twice() throws Exception {
    var chance = new Random(10);
    List<Slice> twice = new ArrayList<>();
    for (Slice slice : slices) {
      twice.add(slice);
      if (chance.nextInt(5) == 0) {
        twice.add(slice);
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sending = send(threads, toHub.port());
      for (int i = 0; i < SENDERS; i++) { // and all of it by each of them, at once
        Sender other = new Sender("CT_" + i, toHub::port);
        senders.add(other);
        sending.add(
            threads.submit(() -> {
              other.sendAll(twice);
              return null;
            }));
      }
      for (int cut = 1; cut <= 8; cut++) {
        int enough = cut * 20;
        await().atMost(Duration.ofMinutes(1)).until(() -> answers() >= enough);
        toHub.cut();
      }
      finish(sending);
    }
    assertThat(refusals()).isEmpty();
  }

  private List<Future<?>> send(ExecutorService threads, int port) {
    List<Future<?>> sending = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Sender sender = new Sender("CT_" + i, () -> port);
      senders.add(sender);
      List<Slice> share = new ArrayList<>();
      for (int s = i; s < slices.size(); s += SENDERS) {
        share.add(slices.get(s));
      }
      sending.add(
          threads.submit(() -> {
            sender.sendAll(share);
            return null;
          }));
    }
    return sending;
  }

  private static void finish(List<Future<?>> sending) throws Exception {
    for (Future<?> each : sending) {
      each.get(2, TimeUnit.MINUTES);
    }
  }

  private long acknowledged() {
    return senders.stream().mapToLong(sender -> sender.acknowledged().size()).sum();
  }

  private long answers() {
    return acknowledged() + refusals().size();
  }

  private List<String> refusals() {
    return senders.stream().flatMap(sender -> sender.refusals().stream()).toList();
  }

  private static boolean isEchoed(StorageScu scu) {
    try {
      return scu.echo().hex().equals("0000");
    } catch (IOException _) {
      return false;
    }
  }

  /** SIGKILL to the server's first process; its children follow. */
  private static void killDatabase() throws IOException {
    long pid =
        Long.parseLong(
            Files.readAllLines(servers.postgres().resolve("cluster").resolve("postmaster.pid"))
                .getFirst());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    await().atMost(Duration.ofSeconds(20)).until(() -> ProcessHandle.of(pid).isEmpty());
  }

  private static int databasePort() {
    return Integer.parseInt(postgres.access().url().replaceFirst(".*:(\\d+)/.*", "$1"));
  }
}
