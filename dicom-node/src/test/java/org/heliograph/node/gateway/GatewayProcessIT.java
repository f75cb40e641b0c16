package org.heliograph.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heliograph.node.storage.Dcmtk;
import org.heliograph.node.storage.SampleInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as a process: started, killed, started again, stopped. */
class GatewayProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir private Path folder;

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            GatewayMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Reads until it is said on which port it listens; the rest is read beside. */
  private static String portOf(Process process) throws IOException {
    var lines = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains("HELIOGRAPH@127.0.0.1:")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return line.replaceFirst(".*:", "");
      }
    }
    throw new AssertionError("did not start: " + said);
  }

  @Test
  void killed_it_goes_on_and_asked_to_stop_it_ends_with_zero() throws Exception {
    Path settings =
        Files.writeString(
            folder.resolve("gateway.properties"),
            "folder = data\ndicom.port = 0\nstatus.port = none\n");
    Path image = SampleInstance.ofSide(64).writeTo(folder.resolve("a.dcm"));
    String[] run = {"run", "--settings", settings.toString()};

    Process gateway = start(run);
    try {
      String port = portOf(gateway);
      var sent = Dcmtk.run("storescu", "-aec", "HELIOGRAPH", "127.0.0.1", port, image.toString());
      assertThat(sent.exitCode()).as(sent.output()).isZero();
      Process second = start(run);
      assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(second.exitValue()).isEqualTo(ExitCode.CANNOT_START.code());
    } finally {
      gateway.destroyForcibly().waitFor();
    }
    Process again = start(run);
    try {
      assertThat(portOf(again)).isNotEmpty();
      Process status = start("status", "--settings", settings.toString());
      String said = new String(status.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said).contains("1 objects").doesNotContain("Sample");
      again.destroy();
      assertThat(again.waitFor(30, TimeUnit.SECONDS)).as("ended within 30 s").isTrue();
      assertThat(again.exitValue()).isZero();
      assertThat(folder.resolve("data/control.json")).doesNotExist();
    } finally {
      again.destroyForcibly().waitFor();
    }
  }
}
