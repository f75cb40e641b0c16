package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.durable.LosingDisk;
import org.heliograph.node.storage.StoreOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each file operation fails (F18): a refusal, never a success, and none on the same bytes later.
 */
class FailingDiskTest {
  @TempDir private Path temp;
  private final FakeClock clock = new FakeClock();

  @Test
  void a_fault_at_each_operation_is_a_refusal_and_nothing_more() throws Exception {
    long seed = System.nanoTime();
    System.out.println("FailingDiskTest seed " + seed);
    var operations = new AtomicInteger();
    int used = 1;
    for (int fault = 1; fault <= used; fault++) {
      Path folder = temp.resolve("run" + fault);
      var random = new Random(seed + fault);
      Files.createDirectories(folder);
      var disk = new LosingDisk(folder, random, Integer.MAX_VALUE);
      int failing = fault;
      operations.set(0);
      var checking = new AtomicBoolean();
      var files =
          new FaultyFiles(
              disk,
              (operation, _) -> {
                if (operations.incrementAndGet() == failing && !checking.get()) {
                  throw new IOException("injected: " + operation);
                }
              });
      var scenario = new Scenario(random, true);
      try (Spool spool = openAtLast(folder, files)) {
        scenario.run(spool);
        used = operations.get();
        checking.set(true);
        scenario.check(spool);
      }
      disk.cut(); // what a failed force lost is lost now
      try (Spool spool = open(folder, new LosingDisk(folder, random, Integer.MAX_VALUE))) {
        scenario.checkRestarted(spool, folder);
      }
    }
    assertThat(used).isGreaterThan(60);
  }

  @Test
  void a_disk_that_takes_nothing_is_refused_until_it_does() throws Exception {
    var full = new AtomicInteger();
    var files =
        new FaultyFiles(
            DurableFiles.SYSTEM,
            (operation, _) -> {
              if (full.get() > 0 && Set.of("create", "write", "truncate").contains(operation)) {
                throw new IOException("No space left on device");
              }
            });
    var random = new Random(1);
    var first = TestInstance.random(random);
    var second = TestInstance.random(random);
    try (Spool spool = open(temp, files)) {
      assertThat(spool.receive(first.incoming())).isInstanceOf(StoreOutcome.Stored.class);

      full.set(1);
      assertThat(spool.receive(second.incoming())).isInstanceOf(StoreOutcome.OutOfResources.class);
      assertThat(spool.receive(second.incoming())).isInstanceOf(StoreOutcome.OutOfResources.class);
      assertThat(SpoolUse.has(spool, first)).isTrue();

      full.set(0);
      assertThat(spool.receive(second.incoming())).isInstanceOf(StoreOutcome.Stored.class);
      assertThat(SpoolUse.has(spool, second)).isTrue();
      assertThat(SpoolUse.files(temp.resolve("instances"))).isEqualTo(2);
    }
  }

  @Test
  void a_journal_that_cannot_be_written_fills_no_disk() throws Exception {
    var broken = new AtomicInteger();
    var files =
        new FaultyFiles(
            DurableFiles.SYSTEM,
            (operation, path) -> {
              if (broken.get() > 0
                  && path.toString().contains("spool.journal")
                  && !operation.equals("delete")) {
                throw new IOException("Input/output error");
              }
            });
    var random = new Random(1);
    var instance = TestInstance.random(random);
    try (Spool spool = open(temp, files)) {
      broken.set(1);
      for (int i = 0; i < 5; i++) {
        assertThat(spool.receive(instance.incoming()))
            .isInstanceOf(StoreOutcome.OutOfResources.class);
      }
      assertThat(SpoolUse.files(temp.resolve("instances"))).isLessThanOrEqualTo(1);
      assertThat(spool.bySopInstance(instance.sopInstance())).isEmpty();

      broken.set(0);
      assertThat(spool.receive(instance.incoming())).isInstanceOf(StoreOutcome.Stored.class);
      assertThat(SpoolUse.files(temp.resolve("instances"))).isEqualTo(1);
    }
    try (Spool spool = open(temp, DurableFiles.SYSTEM)) {
      assertThat(SpoolUse.has(spool, instance)).isTrue();
      assertThat(spool.in(InstanceState.PARKED, 9)).isEmpty();
    }
  }

  private Spool openAtLast(Path folder, DurableFiles files) throws IOException {
    try {
      return open(folder, files);
    } catch (IOException _) {
      return open(folder, files); // the fault was one of opening
    }
  }

  private Spool open(Path folder, DurableFiles files) throws IOException {
    return Spool.open(SpoolSettings.of(folder).withReserveBytes(0), files, clock);
  }
}
