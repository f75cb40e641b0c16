package org.heliograph.samples.benchmark.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark at sizes that say nothing, without peers: that it runs and reports all it should.
 */
@SuppressWarnings("NullAway.Init")
class ArchiveBenchmarkIT {
  private static final Scale TINY =
      new Scale(
          Duration.ZERO,
          4,
          1,
          1,
          List.of(2),
          2,
          2,
          List.of(1_000),
          1_000,
          4,
          Duration.ofMillis(50),
          0);

  @TempDir private Path folder;

  @Test
  void measures_a_hub_and_reports_it() throws IOException {
    assumeTrue(Senders.isInstalled(), "dcmtk is not installed");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));

    ArchiveReport report =
        ArchiveBenchmark.run(folder, TINY, List.of(Product.HELIOGRAPH), "A machine", _ -> {});

    assertThat(report.results())
        .allSatisfy(result -> assertThat(result.values().get(Product.HELIOGRAPH)).isPositive());
    assertThat(report.section("pictures/archive.svg"))
        .contains(
            "store CT, 2 associations",
            "store DX, 2 associations",
            "store photo, 4 associations",
            "sender with Nagle",
            "WADO-RS frame, CT",
            "metadata of a series of 4",
            "QIDO-RS, part of a name, 1 k studies",
            "C-FIND, patient ID, 1 k studies",
            "](pictures/archive.svg)");
    assertThat(folder.resolve("ct")).isDirectoryContaining("glob:**.dcm");
  }
}
