package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.storage.StoreOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are damaged while the gateway is down (F19): set aside and told, and the rest goes on. */
class DamagedFilesTest {
  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final Random random = new Random(19);
  private final List<TestInstance> instances = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  @BeforeEach
  void receive() throws IOException {
    try (Spool spool = open()) {
      for (int i = 0; i < 6; i++) {
        TestInstance instance = TestInstance.random(random);
        assertThat(spool.receive(instance.incoming())).isInstanceOf(StoreOutcome.Stored.class);
        instances.add(instance);
        files.add(spool.file(spool.bySopInstance(instance.sopInstance()).orElseThrow()));
      }
    }
    clock.advance(Duration.ofMinutes(1));
  }

  private Spool open() throws IOException {
    return Spool.open(SpoolSettings.of(folder).withReserveBytes(0), DurableFiles.SYSTEM, clock);
  }

  private static SpooledInstance find(Spool spool, TestInstance instance) {
    return spool.bySopInstance(instance.sopInstance()).orElseThrow();
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void cut_empty_missing_and_foreign_files_are_told_at_the_start() throws IOException {
    byte[] whole = Files.readAllBytes(files.get(0));
    Files.write(files.get(0), Arrays.copyOf(whole, whole.length - 1));
    Files.write(files.get(1), new byte[0]);
    Files.delete(files.get(2));
    Files.writeString(folder.resolve("instances/Smith^John.dcm"), "foreign");
    Files.writeString(
        folder.resolve("instances/00000000-0000-4000-8000-000000000000.dcm"), "named like ours");

    try (Spool spool = open()) {
      assertThat(find(spool, instances.get(0)).code()).isEqualTo(SpoolCode.TRUNCATED);
      assertThat(find(spool, instances.get(1)).code()).isEqualTo(SpoolCode.EMPTY);
      assertThat(find(spool, instances.get(2)).code()).isEqualTo(SpoolCode.MISSING);
      assertThat(spool.in(InstanceState.PARKED, 9)).hasSize(3);
      for (TestInstance good : instances.subList(3, 6)) {
        assertThat(SpoolUse.has(spool, good)).isTrue();
      }
      assertThat(spool.damaged(9))
          .extracting(DamagedFile::code)
          .containsExactlyInAnyOrder(
              SpoolCode.TRUNCATED, SpoolCode.EMPTY, SpoolCode.FOREIGN, SpoolCode.UNREADABLE);
      assertThat(spool.totals().damaged()).isEqualTo(4);
      assertThat(SpoolUse.files(folder.resolve("instances"))).isEqualTo(3);
      try (var names = Files.list(folder.resolve("damaged"))) {
        assertThat(names).noneMatch(name -> name.toString().contains("Smith"));
      }
    }
    try (Spool spool = open()) {
      assertThat(spool.in(InstanceState.PARKED, 9)).hasSize(3);
      assertThat(spool.in(InstanceState.RECEIVED, 9)).hasSize(3);
    }
  }

  @Test
  void a_flipped_bit_is_found_before_it_is_sent() throws IOException {
    flip(files.get(4), (int) Files.size(files.get(4)) - 20);

    try (Spool spool = open()) {
      spool.startVerification(100_000_000);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> find(spool, instances.get(4)).state() == InstanceState.PARKED);

      assertThat(find(spool, instances.get(4)).code()).isEqualTo(SpoolCode.DAMAGED);
      assertThat(spool.retry(find(spool, instances.get(4)).id())).isFalse();
      assertThat(spool.verify(find(spool, instances.get(5)).id())).isTrue();
      assertThat(spool.in(InstanceState.RECEIVED, 9)).hasSize(5);
    }
  }

  @Test
  void what_was_lost_is_taken_again_when_it_is_sent_again() throws IOException {
    Files.write(files.get(0), new byte[0]);

    try (Spool spool = open()) {
      assertThat(spool.receive(instances.get(0).incoming()))
          .isInstanceOf(StoreOutcome.Stored.class);
      assertThat(find(spool, instances.get(0)).state()).isEqualTo(InstanceState.RECEIVED);
      assertThat(SpoolUse.has(spool, instances.get(0))).isTrue();
    }
    try (Spool spool = open()) {
      assertThat(SpoolUse.has(spool, instances.get(0))).isTrue();
      assertThat(spool.in(InstanceState.PARKED, 9)).isEmpty();
    }
  }

  @Test
  void a_file_that_somebody_mended_goes_on_by_a_retry() throws IOException {
    Path good = folder.resolve("good");
    Files.copy(files.get(0), good);
    Files.delete(files.get(0));

    try (Spool spool = open()) {
      SpooledInstance parked = find(spool, instances.get(0));
      assertThat(spool.retry(parked.id())).isFalse();
      Files.move(good, files.get(0), StandardCopyOption.ATOMIC_MOVE);
      assertThat(spool.retry(parked.id())).isTrue();
      assertThat(SpoolUse.has(spool, instances.get(0))).isTrue();
    }
  }

  @Test
  void damage_in_the_middle_of_the_journal_loses_no_instance() throws IOException {
    Path journal = folder.resolve("index/spool.journal");
    flip(journal, (int) Files.size(journal) / 2);

    try (Spool spool = open()) {
      assertThat(spool.journalSkippedBytes()).isPositive();
      for (TestInstance each : instances) {
        assertThat(SpoolUse.has(spool, each)).isTrue();
      }
      assertThat(spool.in(InstanceState.RECEIVED, 99)).hasSize(6);
      assertThat(spool.damaged(9)).isEmpty();
    }
    try (Spool spool = open()) {
      assertThat(spool.journalSkippedBytes()).isZero();
      assertThat(spool.in(InstanceState.RECEIVED, 99)).hasSize(6);
    }
  }

  @Test
  void a_lost_journal_is_made_anew_from_the_files() throws IOException {
    Files.delete(folder.resolve("index/spool.journal"));

    try (Spool spool = open()) {
      for (TestInstance each : instances) {
        assertThat(SpoolUse.has(spool, each)).isTrue();
        assertThat(spool.receive(each.incoming())).isInstanceOf(StoreOutcome.AlreadyStored.class);
      }
      assertThat(spool.in(InstanceState.RECEIVED, 99)).hasSize(6);
    }
    assertThat(SpoolUse.files(folder.resolve("instances"))).isEqualTo(6);
  }

  @Test
  void a_damaged_prepared_file_falls_back_to_the_original_while_that_is_there() throws IOException {
    Path kept = folder.resolve("kept");
    Path prepared;
    try (Spool spool = open()) {
      SpooledInstance received = find(spool, instances.getFirst());
      Files.copy(files.getFirst(), kept);
      spool.prepared(
          received.id(), SpoolUse.recoded(spool, received, instances.getFirst().altered()));
      prepared = spool.file(find(spool, instances.getFirst()));
    }
    Files.move(kept, files.getFirst()); // as after a power cut right behind the record
    Files.write(prepared, new byte[5]);

    try (Spool spool = open()) {
      assertThat(find(spool, instances.getFirst()).state()).isEqualTo(InstanceState.RECEIVED);
      assertThat(SpoolUse.has(spool, instances.getFirst())).isTrue();
    }
    assertThat(Objects.requireNonNull(folder.resolve("previews").toFile().list())).isEmpty();
  }
}
