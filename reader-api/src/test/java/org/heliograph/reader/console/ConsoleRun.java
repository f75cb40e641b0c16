package org.heliograph.reader.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.reader.ExitCode;
import org.heliograph.reader.HubOptions;
import org.heliograph.reader.TestDatabase;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.admin.AdminDatabase;
import org.heliograph.reader.progress.Progress;
import org.heliograph.reader.progress.Steps;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Sites;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The console's commands on a database and a data folder of a test's own. */
final class ConsoleRun {
  private final Map<String, String> environment;
  private final Path data;
  private final String url;

  ConsoleRun(Path data) {
    this.data = data;
    this.url = TestDatabase.createUrl();
    this.environment =
        Map.of(
            "HELIOGRAPH_DATA",
            data.toString(),
            "HELIOGRAPH_DATABASE_URL",
            url,
            "HELIOGRAPH_DATABASE_USER",
            "postgres");
  }

  /** What a command said. */
  record Said(ExitCode code, String out, String err) {}

  /** Makes the schemas and a site. */
  UUID site(String code) {
    try (AdminDatabase database = AdminDatabase.open(HubOptions.parse(List.of(), environment))) {
      return Sites.over(database.source())
          .add(new NewSite(code, code, "", Specialty.RADIOLOGY))
          .id();
    }
  }

  Path data() {
    return data;
  }

  DriverManagerDataSource source() {
    return new DriverManagerDataSource(url, "postgres", "");
  }

  long count(String question) {
    return JdbcClient.create(source()).sql(question).query(Long.class).single();
  }

  Said run(Object... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    ExitCode code =
        new MediaConsole(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Progress.Shown.LINES,
                Steps.NONE)
            .run(strings(words), environment);
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs it in a process that ends, without a word, when it reaches a step for the nth time. */
  void killedAt(String step, int times, Object... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                step,
                Integer.toString(times)));
    command.addAll(strings(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(137);
  }

  private static List<String> strings(Object... words) {
    return List.of(words).stream().map(String::valueOf).toList();
  }

  /** A process that ends at a step, as by SIGKILL: no hook runs and nothing is closed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) {
      List<String> words = List.of(arguments);
      AtomicInteger left = new AtomicInteger(Integer.parseInt(words.get(1)));
      ExitCode code =
          new MediaConsole(
                  new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                  new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                  Progress.Shown.LINES,
                  step -> {
                    if (step.equals(words.getFirst()) && left.decrementAndGet() == 0) {
                      Runtime.getRuntime().halt(137);
                    }
                  })
              .run(words.subList(2, words.size()), System.getenv());
      Runtime.getRuntime().halt(code.code());
    }
  }

  static void partTen(Path file, Dataset dataset) throws IOException {
    Files.createDirectories(file.getParent());
    TransferSyntax syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out, DicomWriter.fileMeta(dataset, syntax), syntax, dataset, BulkSource.NONE);
    }
  }
}
