package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("test.journal");
  }

  private Journal open(DurableFiles files, List<String> replayed) throws IOException {
    replayed.clear();
    return Journal.open(
        folder, "test", files, record -> replayed.add(new String(record, StandardCharsets.UTF_8)));
  }

  private static void append(Journal journal, String record) throws IOException {
    journal.append(record.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> content() throws IOException {
    List<String> replayed = new ArrayList<>();
    open(DurableFiles.SYSTEM, replayed).close();
    return replayed;
  }

  @Test
  void a_last_write_torn_at_any_byte_is_cut_off() throws IOException {
    List<String> replayed = new ArrayList<>();
    try (Journal journal = open(DurableFiles.SYSTEM, replayed)) {
      append(journal, "one");
      append(journal, "two");
    }
    long whole = Files.size(file());
    try (Journal journal = open(DurableFiles.SYSTEM, replayed)) {
      append(journal, "three");
    }
    byte[] all = Files.readAllBytes(file());

    for (int length = (int) whole; length < all.length; length++) {
      Files.write(file(), Arrays.copyOf(all, length));
      try (Journal journal = open(DurableFiles.SYSTEM, replayed)) {
        assertThat(replayed).containsExactly("one", "two");
        assertThat(journal.skippedBytes()).isZero();
        append(journal, "four");
      }
      assertThat(content()).containsExactly("one", "two", "four");
    }
  }

  @Test
  void zeros_in_place_of_the_last_write_are_cut_off() throws IOException {
    List<String> replayed = new ArrayList<>();
    try (Journal journal = open(DurableFiles.SYSTEM, replayed)) {
      append(journal, "one");
    }
    byte[] all = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(all, all.length + 5000));

    assertThat(content()).containsExactly("one");
    assertThat(Files.size(file())).isEqualTo(all.length);
  }

  @Test
  void damage_in_the_middle_is_skipped_and_told() throws IOException {
    List<String> replayed = new ArrayList<>();
    try (Journal journal = open(DurableFiles.SYSTEM, replayed)) {
      for (String each : List.of("one", "two", "three", "four")) {
        append(journal, each);
      }
    }
    byte[] all = Files.readAllBytes(file());
    for (int at = 16; at < 29; at++) { // all of the second record
      byte[] damaged = all.clone();
      damaged[at] ^= 0x40;
      Files.write(file(), damaged);
      try (Journal journal = open(DurableFiles.SYSTEM, replayed)) {
        assertThat(replayed).containsExactly("one", "three", "four");
        assertThat(journal.skippedBytes()).isEqualTo(15);
      }
    }
  }

  @Test
  void those_who_wait_at_one_moment_share_a_force() throws Exception {
    var forces = new AtomicInteger();
    var go = new CountDownLatch(1);
    var slow =
        new FaultyFiles(
            DurableFiles.SYSTEM,
            (operation, _) -> {
              if (operation.equals("force") && forces.incrementAndGet() == 1) {
                awaitQuietly(go);
              }
            });
    try (Journal journal = open(slow, new ArrayList<>())) {
      List<Thread> callers = new ArrayList<>();
      callers.add(caller(journal, 0));
      await().atMost(Duration.ofSeconds(20)).untilAtomic(forces, v -> assertThat(v).isEqualTo(1));
      for (int i = 1; i <= 30; i++) {
        callers.add(caller(journal, i));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
      go.countDown();
      for (Thread each : callers) {
        each.join();
      }
    }
    assertThat(forces.get()).isBetween(2, 6); // one may come too late for the second
    assertThat(content()).hasSize(31);
  }

  private static Thread caller(Journal journal, int number) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            append(journal, "record " + number);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void an_interrupted_caller_does_not_close_the_journal_for_all() throws IOException {
    try (Journal journal = open(DurableFiles.SYSTEM, new ArrayList<>())) {
      Thread.currentThread().interrupt();
      append(journal, "one");
      assertThat(Thread.interrupted()).isTrue();
      append(journal, "two");
    }
    assertThat(content()).containsExactly("one", "two");
  }

  @Test
  void what_a_failed_operation_was_to_write_is_not_there_and_the_next_append_goes_on()
      throws IOException {
    for (String failing :
        List.of("write", "force", "truncate", "create", "replace", "forceFolder")) {
      Files.deleteIfExists(file());
      Set<String> armed = ConcurrentHashMap.newKeySet();
      var disk = new LosingDisk(folder, new Random(3), Integer.MAX_VALUE);
      var files =
          new FaultyFiles(
              disk,
              (operation, _) -> {
                if (armed.remove(operation)) {
                  throw new IOException("injected: " + operation);
                }
              });
      try (Journal journal = open(files, new ArrayList<>())) {
        append(journal, "one");
        armed.addAll(List.of(failing, "force")); // the others are used after a failed force
        assertThatThrownBy(() -> append(journal, "lost")).isInstanceOf(IOException.class);
        for (int tries = 0; !appended(journal, "two"); tries++) {
          assertThat(tries).isLessThan(3);
        }
        append(journal, "three");
      }
      disk.cut();
      assertThat(content()).as(failing).containsExactly("one", "two", "three");
    }
  }

  private static boolean appended(Journal journal, String record) {
    try {
      append(journal, record);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void a_compaction_that_is_cut_anywhere_leaves_the_old_records_or_the_new() throws IOException {
    for (int operations = 0; operations < 12; operations++) {
      Files.deleteIfExists(file());
      try (Journal journal = open(DurableFiles.SYSTEM, new ArrayList<>())) {
        append(journal, "old");
      }
      var disk = new LosingDisk(folder, new Random(operations), operations);
      boolean more = false;
      try (Journal journal = open(disk, new ArrayList<>())) {
        journal.compact(List.of("new".getBytes(StandardCharsets.UTF_8)));
        append(journal, "more");
        more = true;
      } catch (IOException _) {
        assertThat(disk.isOff()).isTrue();
      }
      disk.cut();
      List<String> left = content();
      if (more) {
        assertThat(left).containsExactly("new", "more");
      } else {
        assertThat(left.getFirst()).isIn("old", "new");
      }
    }
  }

  @Test
  void records_beyond_the_limit_are_refused() throws IOException {
    try (Journal journal = open(DurableFiles.SYSTEM, new ArrayList<>())) {
      assertThatThrownBy(() -> journal.append(new byte[(16 << 20) + 1]))
          .isInstanceOf(IllegalArgumentException.class);
      append(journal, "one");
    }
    assertThat(content()).containsExactly("one");
  }
}
