package org.heliograph.dicom.pixel.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The compressing tools of dcmtk, a peer that shares no code with this library. */
final class Dcmtk {

  private Dcmtk() {}

  static void isInstalled() {
    boolean there =
        List.of("dcmcjpls", "dcmdjpls", "dcmcrle", "dcmdrle", "dcmcjpeg", "dcmdjpeg").stream()
            .allMatch(tool -> Files.isExecutable(Path.of("/usr/bin", tool)));
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(there).as("dcmtk is required").isTrue();
    }
    assumeTrue(there, "skipped: dcmtk is not installed");
  }

  static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command[0]).isTrue();
    assertThat(process.exitValue()).as("%s: %s", String.join(" ", command), output).isZero();
  }
}
