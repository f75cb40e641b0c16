package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.storage.StoreOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool on a small disk of its own (tmpfs), which fills up to the last byte (F11, F12). */
class FullDiskIT {
  @TempDir private Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk.toString()) == 0,
        "a small disk cannot be mounted here: needs root on Linux");
  }

  @AfterEach
  void unmount() throws Exception {
    await().atMost(Duration.ofSeconds(20)).until(() -> run("umount", disk.toString()) == 0);
  }

  @Test
  void a_full_disk_is_refused_started_on_and_left_behind() throws Exception {
    var random = new Random(11);
    List<TestInstance> kept = new ArrayList<>();
    try (Spool spool = open(512 << 10)) {
      var next = TestInstance.random(random);
      while (spool.receive(next.incoming()) instanceof StoreOutcome.Stored) {
        kept.add(next);
        next = TestInstance.random(random);
      }
      assertThat(spool.receive(next.incoming())).isInstanceOf(StoreOutcome.OutOfResources.class);
      assertThat(kept).hasSizeGreaterThan(20);
    }
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(Files.getFileStore(disk).getUsableSpace()).isZero();
    }

    var late = TestInstance.random(random);
    try (Spool spool = open(0)) {
      for (TestInstance each : kept) {
        assertThat(SpoolUse.has(spool, each)).isTrue();
      }
      assertThat(spool.receive(late.incoming())).isInstanceOf(StoreOutcome.OutOfResources.class);

      Files.delete(filler);
      assertThat(spool.receive(late.incoming())).isInstanceOf(StoreOutcome.Stored.class);
    }
    try (Spool spool = open(0)) {
      assertThat(SpoolUse.has(spool, late)).isTrue();
      assertThat(spool.in(InstanceState.RECEIVED, 9999)).hasSize(kept.size() + 1);
      assertThat(spool.in(InstanceState.PARKED, 9)).isEmpty();
    }
  }

  private Spool open(long reserve) throws IOException {
    return Spool.open(
        SpoolSettings.of(disk.resolve("spool")).withReserveBytes(reserve),
        DurableFiles.SYSTEM,
        InstantSource.system());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException _) {
      return -1; // no such program
    }
  }
}
