package org.heliograph.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heliograph.archive.Archive;
import org.heliograph.archive.ArchiveSettings;
import org.heliograph.archive.blob.FileSystemBlobStore;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.CtStudies.Slice;
import org.heliograph.reader.access.ApiTokens;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.access.TokenRight;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The whole hub is killed again and again while three associations and a STOW-RS client send to it:
 * what it answered 0000H or 200 is there afterwards, once, byte for byte, and its cases count it
 * once.
 */
class HubCrashIT {
  private static final int STUDIES = 8;
  private static final int SLICES_EACH = 25;
  private static final int SENDERS = 4;

  /** After so many acknowledgements in all. */
  private static final List<Integer> KILLED_AT = List.of(7, 48, 90, 131, 186);

  @TempDir private Path folder;

  private final List<Slice> slices = CtStudies.interleaved(STUDIES, SLICES_EACH, 192);
  private final Map<String, Slice> acknowledged = new ConcurrentHashMap<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger resent = new AtomicInteger();
  private String token = "";

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void what_was_answered_success_is_there_once_after_five_kills() throws Exception {
    try (HubProcess hub = new HubProcess(folder)) {
      hub.start();
      register(database(hub));
      List<AtomicBoolean> kills = KILLED_AT.stream().map(_ -> new AtomicBoolean()).toList();
      try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> sending = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
          int number = sender;
          sending.add(senders.submit(() -> send(hub, kills, number)));
        }
        for (AtomicBoolean kill : kills) {
          await("the next kill")
              .atMost(Duration.ofMinutes(2))
              .until(() -> kill.get() || sending.stream().anyMatch(Future::isDone));
          if (!kill.get()) {
            sending.stream().filter(Future::isDone).toList().getFirst().get();
          }
          assertThat(hub.awaitEnd()).isEqualTo(137);
          hub.start();
        }
        for (Future<?> each : sending) {
          each.get(2, TimeUnit.MINUTES);
        }
      }

      assertThat(acknowledged).hasSize(slices.size());
      assertThat(resent).hasPositiveValue();
      checkCases(JdbcClient.create(database(hub)));
      checkInstances(hub);
      assertThat(hub.stop()).isZero();
      checkBlobs(hub);
      checkLog(hub);
    }
  }

  /** Sends every fourth slice until each is acknowledged; the one that makes it so many kills. */
  private @Nullable Void send(HubProcess hub, List<AtomicBoolean> kills, int sender)
      throws IOException {
    Sender scu = connect(hub, sender);
    for (int i = sender; i < slices.size(); i += SENDERS) {
      Slice slice = slices.get(i);
      while (true) {
        try {
          scu.store(slice);
          acknowledged.put(slice.instance().value().value(), slice);
          int kill = KILLED_AT.indexOf(answers.incrementAndGet());
          if (kill >= 0) {
            hub.kill();
            kills.get(kill).set(true);
          }
          break;
        } catch (IOException e) {
          scu.close();
          resent.incrementAndGet();
          scu = connect(hub, sender);
        }
      }
    }
    try {
      scu.release();
    } catch (IOException _) {
      // killed by another sender meanwhile: what this one sent has been acknowledged
    }
    return null;
  }

  /** One of the ways to send. */
  interface Sender {
    /** Returns when it was acknowledged. */
    void store(Slice slice) throws IOException;

    void release() throws IOException;

    void close();
  }

  private Sender connect(HubProcess hub, int sender) {
    if (sender == SENDERS - 1) {
      return await("a healthy hub")
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> StowSender.connect(hub.httpPort(), token), _ -> true);
    }
    StorageScu scu = associate(hub, sender);
    return new Sender() {
      @Override
      public void store(Slice slice) throws IOException {
        DimseStatus status =
            scu.store(CtStudies.SOP_CLASS, slice.instance(), CtStudies.SYNTAX, slice.source());
        assertThat(status.hex()).isEqualTo("0000");
      }

      @Override
      public void release() throws IOException {
        scu.release();
      }

      @Override
      public void close() {
        scu.close();
      }
    };
  }

  private static StorageScu associate(HubProcess hub, int sender) {
    return await("an association")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                StorageScu.to(
                        "127.0.0.1",
                        hub.dicomPort(),
                        new AeTitle("CT_" + sender),
                        new AeTitle("HELIOGRAPH"))
                    .propose(CtStudies.SOP_CLASS, CtStudies.SYNTAX)
                    .open(),
            scu -> true);
  }

  private void register(DataSource database) {
    People people = People.over(database);
    TestPeople.person(people, "coordinator", Role.COORDINATOR, null, null);
    Sites sites = Sites.over(database);
    Site site = sites.add(new NewSite("CRASH", "Clinic Crash", "", Specialty.RADIOLOGY));
    Person clinic = TestPeople.person(people, "crash", Role.CLINIC, null, site.id());
    token =
        ApiTokens.over(database)
            .add("crash", clinic, Set.of(TokenRight.DICOMWEB_STORE), null)
            .secret();
    for (int sender = 0; sender < SENDERS; sender++) {
      sites.addAeTitle("CRASH", "CT_" + sender);
    }
  }

  private static void checkCases(JdbcClient sql) {
    await("all arrivals are filed")
        .atMost(Duration.ofSeconds(30))
        .until(() -> count(sql, "select count(*) from archive.outbox") == 0);
    assertThat(count(sql, "select count(*) from archive.instance"))
        .isEqualTo(STUDIES * SLICES_EACH);
    assertThat(count(sql, "select count(*) from archive.study")).isEqualTo(STUDIES);
    assertThat(count(sql, "select count(*) from archive.series")).isEqualTo(STUDIES);
    assertThat(count(sql, "select count(*) from archive.patient")).isEqualTo(STUDIES);
    assertThat(count(sql, "select count(*) from archive.instance_header"))
        .isEqualTo(STUDIES * SLICES_EACH);
    assertThat(count(sql, "select count(*) from archive.quarantine")).isZero();
    assertThat(count(sql, "select count(*) from archive.alert")).isZero();
    assertThat(count(sql, "select count(*) from reading.parked_arrival")).isZero();
    assertThat(sql.sql("select image_count from reading.case_file").query(Integer.class).list())
        .hasSize(STUDIES)
        .containsOnly(SLICES_EACH);
    assertThat(count(sql, "select count(distinct case_id) from reading.case_study"))
        .isEqualTo(STUDIES);
    assertThat(count(sql, "select count(*) from reading.case_event where kind = 'OPENED_BY_STUDY'"))
        .isEqualTo(STUDIES);
    assertThat(sql.sql("show fsync").query(String.class).single()).isEqualTo("on");
  }

  /** The catalog, and the bytes that a reader gets by WADO-RS: the head is the hub's own. */
  private void checkInstances(HubProcess hub) throws IOException {
    WebClient web = new WebClient(hub.httpPort());
    assertThat(web.signIn("coordinator", TestPeople.PASSWORD).statusCode()).isEqualTo(200);
    try (Archive archive = openArchive(hub, Duration.ofDays(1))) {
      for (Slice slice : acknowledged.values()) {
        StoredInstance stored = archive.catalog().instance(slice.instance()).orElseThrow();
        assertThat(stored.digest()).isEqualTo(slice.digest());
        assertThat(stored.study().value().value()).isEqualTo(slice.study());
        HttpResponse<byte[]> got =
            web.exchangeBytes(
                web.request(
                        "/dicomweb/studies/%s/series/%s/instances/%s"
                            .formatted(
                                slice.study(),
                                stored.series().value().value(),
                                slice.instance().value().value()))
                    .header("Accept", "application/dicom")
                    .build());
        assertThat(got.statusCode()).isEqualTo(200);
        byte[] dataset = Arrays.copyOfRange(got.body(), stored.datasetOffset(), got.body().length);
        assertThat(CtStudies.sha256(dataset)).isEqualTo(slice.digest());
      }
    }
  }

  /** What died half-way was promised to nobody: the sweep leaves the stored instances alone. */
  private static void checkBlobs(HubProcess hub) throws IOException {
    try (LocalPostgres _ = LocalPostgres.start(hub.data());
        Archive archive = openArchive(hub, Duration.ofDays(-1))) {
      archive.sweep().run();
      Set<UUID> present = new HashSet<>();
      FileSystemBlobStore.open(hub.data().blobs()).list(blob -> present.add(blob.key().id()));
      assertThat(present)
          .isEqualTo(
              new HashSet<>(
                  JdbcClient.create(database(hub))
                      .sql("select blob_key from archive.instance")
                      .query(UUID.class)
                      .list()));
    }
    assertThat(hub.data().staging()).isEmptyDirectory();
  }

  private static void checkLog(HubProcess hub) throws IOException {
    List<String> log = hub.log();
    Map<String, Long> starts =
        log.stream()
            .filter(line -> line.contains("event=postgres."))
            .map(line -> line.replaceAll(".*event=postgres\\.(\\w+).*", "$1"))
            .collect(Collectors.groupingBy(event -> event, Collectors.counting()));
    assertThat(starts).containsEntry("started", 1L).containsEntry("adopted", 5L);
    assertThat(log).noneMatch(line -> line.contains(" ERROR "));
    assertThat(log).noneMatch(line -> line.contains("Kamau") || line.contains("Wanjiru"));
  }

  private static Archive openArchive(HubProcess hub, Duration sweepGrace) throws IOException {
    return Archive.open(
        database(hub),
        FileSystemBlobStore.open(hub.data().blobs()),
        hub.data().staging(),
        InstantSource.system(),
        ArchiveSettings.defaults().withSweepGrace(sweepGrace));
  }

  private static DataSource database(HubProcess hub) {
    var access = LocalPostgres.running(hub.data()).orElseThrow();
    return new DriverManagerDataSource(access.url(), access.user(), access.password());
  }

  private static long count(JdbcClient sql, String question) {
    return sql.sql(question).query(Long.class).single();
  }
}
