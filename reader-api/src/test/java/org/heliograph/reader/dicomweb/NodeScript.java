package org.heliograph.reader.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heliograph.reader.queryretrieve.PeerProgram;
import tools.jackson.databind.json.JsonMapper;

/** Runs the scripts in viewer/journeys that need no page of ours. */
final class NodeScript {
  private static final Path VIEWER = Path.of("..", "viewer").toAbsolutePath().normalize();
  private static final long DEADLINE_SECONDS = 120;

  private NodeScript() {}

  /** Skips the test, with a message, where a package of the viewer's is not installed. */
  static void need(String npmPackage) {
    PeerProgram.need("node");
    boolean present = Files.isDirectory(VIEWER.resolve("node_modules").resolve(npmPackage));
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(present).as(npmPackage + " is installed").isTrue();
    }
    assumeTrue(present, "the viewer's node_modules have no " + npmPackage);
  }

  /** Fails with what the script printed if it does not arrive. */
  static void run(String script, Path log, Map<String, Object> settings) throws Exception {
    ProcessBuilder node =
        new ProcessBuilder("node", "journeys/" + script)
            .directory(VIEWER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    node.environment()
        .put("HELIOGRAPH_JOURNEY", JsonMapper.builder().build().writeValueAsString(settings));
    Process process = node.start();
    try {
      assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
          .as(() -> "in time: " + said(log))
          .isTrue();
      assertThat(process.exitValue()).as(() -> said(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String said(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      return "no log";
    }
  }
}
