package org.heliograph.samples.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.heliograph.node.gateway.GatewayMain;
import org.heliograph.node.gateway.GatewaySettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway as {@code heliograph gateway run} starts it, in a process of its own that can be killed
 * and started again on the same folder. For one thread.
 */
public final class GatewayBox implements AutoCloseable {
  public static final String AE_TITLE = "CLINIC";
  private static final List<String> JAVA =
      List.of("-Xms16m", "-Xmx96m", "-XX:+UseSerialGC", "-Dheliograph.log=warn");
  private static final int ANSWER_MILLIS = 5_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path settings;
  private final JavaProcess process;
  private final int dicomPort;
  private final int statusPort;

  private GatewayBox(Path folder, int dicomPort, int statusPort) {
    this.settings = folder.resolve(GatewaySettings.FILE_NAME);
    this.process = new JavaProcess(folder.resolve("gateway.log"));
    this.dicomPort = dicomPort;
    this.statusPort = statusPort;
  }

  /**
   * Writes the settings; nothing runs yet.
   *
   * @param hub where the hub is, or the link that leads there
   * @param code of the hub's site page
   * @param further lines of the settings
   */
  public static GatewayBox in(Path folder, String hub, String code, List<String> further)
      throws IOException {
    Files.createDirectories(folder);
    var box = new GatewayBox(folder, JavaProcess.freePort(), JavaProcess.freePort());
    Files.writeString(
        box.settings,
        """
        clinic = Clinic behind a thin link
        hub.links = %s
        hub.enrolment-code = %s
        dicom.ae-title = %s
        dicom.port = %d
        dicom.caller.any = *
        status.port = %d
        %s
        """
            .formatted(
                hub, code, AE_TITLE, box.dicomPort, box.statusPort, String.join("\n", further)));
    return box;
  }

  public int dicomPort() {
    return dicomPort;
  }

  /** The status page. */
  public URI page() {
    return URI.create("http://127.0.0.1:" + statusPort + "/");
  }

  /** The process, for looking at its memory. */
  public long pid() {
    return process.pid();
  }

  /** Starts it; returns when it takes images, with how long that took. */
  public Duration start() throws IOException {
    return process.start(
        JAVA,
        GatewayMain.class,
        List.of("run", "--settings", settings.toString()),
        () -> status() != null);
  }

  /** Without a word to it, as the power going off. */
  public void kill() throws IOException {
    process.kill();
  }

  /** What {@code /status.json} tells; null while it does not answer. */
  public @Nullable JsonNode status() throws IOException {
    try {
      var connection = page().resolve("/status.json").toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try (var in = connection.getInputStream()) {
        return JSON.readTree(in.readAllBytes());
      }
    } catch (JacksonException e) {
      throw new IOException("the status page does not speak JSON", e);
    } catch (IOException _) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
