package org.heliograph.reader.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.CtStudies.Slice;
import org.heliograph.reader.HubProcess;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Sites;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A hub on a small disk of its own (tmpfs), which fills up; it dies and starts on the full one. */
class FullDiskIT {
  private static final long DISK_BYTES = 320L << 20;

  @TempDir private Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("data"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "none", disk.toString()) == 0,
        "a small disk cannot be mounted here: needs root on Linux");
  }

  @AfterEach
  void unmount() throws Exception {
    await().atMost(Duration.ofSeconds(20)).until(() -> run("umount", disk.toString()) == 0);
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void a_full_disk_is_an_honest_refusal_and_space_brings_service_back() throws Exception {
    List<Slice> slices = CtStudies.interleaved(1, 6, 256);
    try (HubProcess hub = new HubProcess(folder)) {
      hub.start();
      Sites sites = Sites.over(database(hub));
      sites.add(new NewSite("FULL", "Clinic Full", "", Specialty.RADIOLOGY));
      sites.addAeTitle("FULL", "CT_0");
      assertThat(send(hub, slices.subList(0, 2))).containsOnly("0000");

      Path filler = fill();
      assertThat(send(hub, slices.subList(2, 4))).containsOnly("A700");
      assertThat(stored(hub)).isEqualTo(2);

      hub.kill();
      assertThat(hub.awaitEnd()).isEqualTo(137);
      hub.start(); // on the full disk
      assertThat(send(hub, slices.subList(2, 4))).containsOnly("A700");
      assertThat(stored(hub)).isEqualTo(2);

      Files.delete(filler);
      assertThat(send(hub, slices)).containsOnly("0000");
      assertThat(stored(hub)).isEqualTo(6);
      assertThat(hub.stop()).isZero();
    }
  }

  /** Leaves less than the reserve of 2 %. */
  private Path fill() throws IOException {
    Path filler = disk.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      var block = new byte[1 << 20];
      while (Files.getFileStore(disk).getUsableSpace() > DISK_BYTES / 64) {
        out.write(block);
      }
    }
    return filler;
  }

  private static List<String> send(HubProcess hub, List<Slice> slices) throws IOException {
    try (StorageScu scu = new Sender("CT_0", hub::dicomPort).associate()) {
      assertThat(scu.echo().hex()).isEqualTo("0000");
      Stream.Builder<String> statuses = Stream.builder();
      for (Slice slice : slices) {
        DimseStatus status =
            scu.store(CtStudies.SOP_CLASS, slice.instance(), CtStudies.SYNTAX, slice.source());
        statuses.add(status.hex());
      }
      scu.release();
      return statuses.build().toList();
    }
  }

  private static long stored(HubProcess hub) {
    return JdbcClient.create(database(hub))
        .sql("select count(*) from archive.instance")
        .query(Long.class)
        .single();
  }

  private static DriverManagerDataSource database(HubProcess hub) {
    var access = LocalPostgres.running(hub.data()).orElseThrow();
    return new DriverManagerDataSource(access.url(), access.user(), access.password());
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
