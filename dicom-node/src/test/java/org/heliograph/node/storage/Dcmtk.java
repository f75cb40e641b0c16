package org.heliograph.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * OFFIS dcmtk as an independent peer; skipped with a message if absent, unless peers are required.
 */
public final class Dcmtk {
  private static final long DEADLINE_SECONDS = 120;

  private Dcmtk() {}

  /** What a program said, and how it ended. */
  public record Result(int exitCode, String output) {}

  public static void assumePresent(String program) {
    var present =
        List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(present).as("dcmtk's %s is installed", program).isTrue();
    }
    assumeTrue(present, "dcmtk's " + program + " is not installed");
  }

  public static Result run(String program, String... arguments)
      throws IOException, InterruptedException {
    var process = start(program, arguments);
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(program + " did not end: " + output);
    }
    return new Result(process.exitValue(), output);
  }

  public static Process start(String program, String... arguments) throws IOException {
    assumePresent(program);
    var command = new ArrayList<String>();
    command.add(program);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
