package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTableTest {
  @TempDir private Path folder;

  record Row(String key, int value) {}

  @Test
  void rows_come_back_in_their_order_with_what_they_said_last() throws IOException {
    try (var table = open(DurableFiles.SYSTEM, folder)) {
      table.put("b", new Row("b", 1));
      table.put("a", new Row("a", 2));
      table.put("c", new Row("c", 3));
      table.put("b", new Row("b", 4));
      table.remove("c");
      table.remove("never there");
    }

    try (var table = open(DurableFiles.SYSTEM, folder)) {
      assertThat(table.values()).containsExactly(new Row("b", 4), new Row("a", 2));
      assertThat(table.get("c")).isEmpty();
      assertThat(table.size()).isEqualTo(2);
    }
  }

  @Test
  void a_journal_of_many_changes_stays_small() throws IOException {
    try (var table = open(DurableFiles.SYSTEM, folder)) {
      for (int i = 0; i < 2500; i++) {
        table.put("row " + i % 3, new Row("row", i));
      }
      assertThat(Files.size(folder.resolve("test.journal"))).isLessThan(100_000);
    }
    try (var table = open(DurableFiles.SYSTEM, folder)) {
      assertThat(table.values()).extracting(Row::value).containsExactlyInAnyOrder(2497, 2498, 2499);
    }
  }

  @Test
  void rows_of_another_version_are_not_taken_for_ours() throws IOException {
    try (var journal = Journal.open(folder, "test", DurableFiles.SYSTEM, record -> {})) {
      journal.append(
          "{\"key\":\"a\",\"row\":{\"key\":7,\"value\":\"no number\"}}"
              .getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> open(DurableFiles.SYSTEM, folder)).isInstanceOf(IOException.class);
  }

  /** What was acknowledged is there after each cut; what was not may be. */
  @Test
  void power_cuts_lose_nothing_that_was_acknowledged() throws IOException {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    Map<String, Integer> acknowledged = new TreeMap<>();
    Map<String, Integer> uncertain = new TreeMap<>();
    Path root = folder.resolve("disk");
    Files.createDirectories(root);
    for (int cut = 0; cut < 60; cut++) {
      var disk = new LosingDisk(root, chance, 5 + chance.nextInt(120));
      try (var table = open(disk, root)) {
        for (Row each : table.values()) {
          assertThat(each.value())
              .as("seed %d, cut %d, %s", seed, cut, each.key())
              .isIn(acknowledged.get(each.key()), uncertain.get(each.key()));
          acknowledged.put(each.key(), each.value());
        }
        assertThat(table.values())
            .as("seed %d, cut %d", seed, cut)
            .hasSameSizeAs(acknowledged.keySet());
        uncertain.clear();
        for (int i = 0; ; i++) {
          String key = "row " + chance.nextInt(8);
          uncertain.put(key, 1000 * cut + i);
          table.put(key, new Row(key, 1000 * cut + i));
          acknowledged.put(key, 1000 * cut + i);
          uncertain.clear();
        }
      } catch (IOException e) {
        disk.cut();
      }
    }
  }

  private static JournalTable<Row> open(DurableFiles files, Path folder) throws IOException {
    return JournalTable.open(folder, "test", files, Row.class);
  }
}
