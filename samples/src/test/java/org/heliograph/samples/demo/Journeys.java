package org.heliograph.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Runs the scripts in viewer/journeys, which drive browsers; a picture of each step is kept. */
final class Journeys {
  private static final Path VIEWER = Path.of("..", "viewer").toAbsolutePath().normalize();
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();

  private Journeys() {}

  /** Skips the test, with a message, where there is no browser to drive. */
  static void requireBrowser() {
    Peers.require("chromium");
    Peers.require("node");
    assumeTrue(
        Files.isDirectory(VIEWER.resolve("node_modules/playwright-core")),
        "skipped: the viewer's node_modules are not installed");
  }

  static Map<String, Object> settings(String name, HubProcess hub, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("journey", name);
    settings.put("web", hub.web());
    settings.put("dicomPort", hub.dicomPort());
    settings.put("password", DemoPerson.PASSWORD);
    settings.put("chromium", Peers.require("chromium"));
    settings.put("screenshots", SCREENSHOTS.toString());
    return settings;
  }

  /** Fails with what the journey printed if it does not arrive. */
  static void travel(String script, Map<String, Object> settings) throws Exception {
    requireBrowser();
    ProcessBuilder node =
        new ProcessBuilder(Peers.require("node"), "journeys/" + script)
            .directory(VIEWER.toFile())
            .redirectErrorStream(true);
    node.environment()
        .put("HELIOGRAPH_JOURNEY", JsonMapper.builder().build().writeValueAsString(settings));
    Process journey = node.start();
    String said = new String(journey.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(journey.waitFor(1, TimeUnit.MINUTES)).as(said).isTrue();
    assertThat(journey.exitValue()).as(said).isZero();
  }
}
