package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails at any file operation, and what was not forced is gone or torn (F4, small). */
class PowerCutTest {
  private static final int CUTS = 20;

  @TempDir private Path temp;
  private final FakeClock clock = new FakeClock();
  private final long seed = System.nanoTime();

  @Test
  void what_was_acknowledged_survives_a_cut_at_each_operation_of_a_short_life() throws Exception {
    System.out.println("PowerCutTest seed " + seed);
    int acknowledged = 0;
    boolean ended = false;
    int operations = 1;
    for (; !ended; operations++) {
      Path folder = temp.resolve("run" + operations);
      var random = new Random(seed + operations);
      var scenario = new Scenario(random, false);
      Files.createDirectories(folder);
      ended = liveUntilTheCut(scenario, folder, new LosingDisk(folder, random, operations));
      try (Spool spool = open(folder, new LosingDisk(folder, random, Integer.MAX_VALUE))) {
        scenario.checkRestarted(spool, folder);
      }
      acknowledged += scenario.acknowledged();
    }
    assertThat(operations).isGreaterThan(60);
    assertThat(acknowledged).isGreaterThan(60);
  }

  @Test
  void many_lives_of_one_spool_with_cuts_at_random() throws Exception {
    System.out.println("PowerCutTest seed " + seed);
    var random = new Random(seed);
    var scenario = new Scenario(random, false);
    Path folder = temp.resolve("spool");
    Files.createDirectories(folder);
    for (int cut = 0; cut < CUTS; cut++) {
      liveUntilTheCut(scenario, folder, new LosingDisk(folder, random, 20 + random.nextInt(150)));
      try (Spool spool = open(folder, new LosingDisk(folder, random, Integer.MAX_VALUE))) {
        scenario.checkRestarted(spool, folder);
      }
    }
    assertThat(scenario.acknowledged()).isGreaterThan(CUTS);
  }

  /** Whether it ended before the power did. */
  private boolean liveUntilTheCut(Scenario scenario, Path folder, LosingDisk disk)
      throws IOException {
    boolean ended = false;
    try (Spool spool = open(folder, disk)) {
      scenario.run(spool);
      ended = true;
    } catch (IOException _) {
      assertThat(disk.isOff()).isTrue();
    }
    disk.cut();
    return ended;
  }

  private Spool open(Path folder, DurableFiles files) throws IOException {
    return Spool.open(SpoolSettings.of(folder).withReserveBytes(0), files, clock);
  }
}
