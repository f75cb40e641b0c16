package org.heliograph.samples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class BenchmarkReportTest {
  @TempDir private Path folder;

  @Test
  void a_new_run_replaces_its_section_and_leaves_the_others() throws IOException {
    Path page = folder.resolve("benchmarks.md");
    BenchmarkReport.write(page, "core", section("first"));
    BenchmarkReport.write(page, "link", section("other"));

    BenchmarkReport.write(page, "core", section("second"));

    assertThat(Files.readString(page))
        .startsWith("# Benchmarks")
        .contains("second", "other")
        .doesNotContain("first");
  }

  @Test
  void a_line_tells_the_ratio_to_the_peer_and_what_is_reached_for() {
    Figure figure = new Figure("header of a CT", "files/s", 12345, 67, "dcmdump", 1234.5, 3.0);

    assertThat(figure.row())
        .isEqualTo(
            "| header of a CT | files/s | 12 345 ± 67.0 | dcmdump | 1 235 | 10.0 | ≥ 3.00 |");
  }

  @Test
  void a_peer_that_is_not_there_is_said_to_be_missing() {
    Figure figure = new Figure("header of a CT", "files/s", 1, 0, "dcmdump", null, 3.0);

    assertThat(figure.row()).contains("not installed").contains("| – |");
  }

  private static String section(String what) {
    return BenchmarkReport.section(
        "Heading", "About.", List.of(new Figure(what, "files/s", 1, 0, "peer", 2.0, null)));
  }
}
