package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.heliograph.samples.benchmark.archive.ArchiveBenchmark;
import org.heliograph.samples.benchmark.archive.ArchiveReport;
import org.heliograph.samples.benchmark.link.LinkBenchmark;
import org.openjdk.jmh.runner.RunnerException;

/** {@code heliograph benchmark}: measures, prints a table, and keeps it when told where. */
public final class Benchmark {
  private static final String HELP =
      """
      heliograph benchmark core [--files DIR] [--out FILE]

      Measures the DICOM toolkit (parsing, writing, JSON, JPEG-LS, C-STORE) with JMH, and dcmtk on
      the same files in the same run where it is installed. About eight minutes; let nothing else
      run beside it.

      --files DIR  where the test files are made, and kept for the next run
                   (a temporary folder, removed at the end, if not given)
      --out FILE   replaces its section in this page, such as docs/benchmarks.md

      heliograph benchmark archive [--quick|--standard|--full] [--files DIR] [--out FILE]
                                   [--picture FILE]

      Stores, finds and gives back images in a hub of its own, and in Orthanc (with SQLite, and
      with PostgreSQL) and dcmtk's storescp and dcmqrscp where they are installed; dcmtk's dcmsend
      sends. --quick is a tenth of the images and 50 000 studies; --standard (default) stores 2 000
      CT slices and 300 DX in each pass and searches among 1 000 000 studies; --full also searches
      Orthanc at 50 000 studies and stores ten objects of 1 GB in parallel. Needs 30 GB of disk,
      --full 40 GB.

      heliograph benchmark link [--quick] [--files DIR] [--out FILE]

      Sends a chest X-ray through a gateway and a line of 44 kbit/s that is cut again and again to a
      hub, kills both on the way, and sends the same by storescu to Orthanc where they are
      installed. About an hour and a half; --quick sends a CT slice over a faster line in a few
      minutes.

      --picture FILE  draws the comparison as SVG, such as docs/pictures/archive-benchmark.svg
      """;

  private static final Path ORTHANC = Path.of("/usr/sbin/Orthanc");

  private final PrintStream out;

  private Benchmark(PrintStream out) {
    this.out = out;
  }

  /** The command line's entry. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new Benchmark(out).run(List.of(arguments)));
  }

  private int run(List<String> arguments) throws IOException, RunnerException {
    Options options = Options.parse(arguments);
    if (options == null) {
      out.print(HELP);
      return arguments.contains("--help") ? 0 : 2;
    }
    Path files = options.files();
    Path folder = files == null ? Files.createTempDirectory("heliograph-benchmark") : files;
    try {
      String section =
          switch (options.part()) {
            case "core" ->
                BenchmarkReport.section("The toolkit", about(), CoreBenchmark.run(folder));
            case "link" ->
                LinkBenchmark.run(
                    folder, options.size().equals("quick"), Machine.describe(), out::println);
            default -> archive(options, folder);
          };
      out.println();
      out.print(section);
      Path page = options.out();
      if (page != null) {
        BenchmarkReport.write(page, options.part(), section);
      }
      return 0;
    } finally {
      if (files == null) {
        remove(folder);
      }
    }
  }

  private String archive(Options options, Path folder) throws IOException {
    String machine =
        Dcmtk.isInstalled()
            ? Machine.describe() + "; dcmtk: " + Machine.version("dcmsend")
            : Machine.describe();
    if (Files.isExecutable(ORTHANC)) {
      machine += "; Orthanc: " + Machine.version(ORTHANC.toString());
    }
    ArchiveReport report = ArchiveBenchmark.run(folder, options.size(), machine, out::println);
    Path picture = options.picture();
    if (picture == null) {
      return report.section("");
    }
    Files.writeString(picture, report.picture());
    Path page = options.out();
    Path base = page == null ? null : page.getParent();
    return report.section(
        base == null ? "" : base.relativize(picture).toString().replace('\\', '/'));
  }

  private static String about() throws IOException {
    String peer = Dcmtk.isInstalled() ? Machine.version("dcmdump") : "dcmtk is not installed";
    return """
    %s. Peer: %s. Ours: JMH throughput of one thread in steady state, ± the 99.9 %% \
    confidence interval; dcmtk: the least CPU time of five runs less that of a run with a \
    one-pixel image, so that starting a process counts for nothing. CT: 512 × 512, 12 of 16 \
    bits, 0.5 MB; DX: 2048 × 2500, 10 MB.\
    """
        .formatted(Machine.describe(), peer);
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
