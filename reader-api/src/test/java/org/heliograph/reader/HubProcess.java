package org.heliograph.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heliograph.reader.postgres.LocalPostgres;
import org.heliograph.reader.settings.DataFolder;
import org.jspecify.annotations.Nullable;

/**
 * {@code heliograph hub} in a JVM of its own, on one data folder and fixed ports, that can be
 * killed and started again. What it prints is kept over all its lives.
 */
public final class HubProcess implements AutoCloseable {
  private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final DataFolder data;
  private final Path out;
  private final Path err;
  private final int httpPort = freePort();
  private final int dicomPort = freePort();
  private final List<String> options;
  private final Map<String, String> environment;
  private volatile @Nullable Process process;

  public HubProcess(Path folder) {
    this(folder, List.of(), Map.of());
  }

  /**
   * @param options besides the folder and the ports
   * @param environment besides the test's own
   */
  public HubProcess(Path folder, List<String> options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
    try {
      // PostgreSQL may run as another user, who must reach its folder.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      this.data = new DataFolder(folder.resolve("data")).create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.out = folder.resolve("out");
    this.err = folder.resolve("err");
  }

  /** Starts the hub and waits until it is healthy. */
  public void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Hub.class.getName(),
                "--data",
                data.root().toString(),
                "--http-port",
                Integer.toString(httpPort),
                "--dicom-port",
                Integer.toString(dicomPort)));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process started =
        builder
            .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
            .start();
    process = started;
    await("the hub is healthy")
        .atMost(HEALTHY_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          assertThat(started.isAlive()).as(() -> "the hub ended: " + tail()).isTrue();
          return isHealthy();
        });
  }

  /** SIGKILL: no hook runs, and its PostgreSQL is left behind. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  /** Waits until the process is gone and returns its exit code. */
  public int awaitEnd() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("never started");
    }
    try {
      assertThat(running.waitFor(60, TimeUnit.SECONDS)).as("the hub ended").isTrue();
      return running.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGTERM, as at a shutdown of the machine; returns the exit code. */
  public int stop() {
    Process running = process;
    if (running != null) {
      running.destroy();
    }
    return awaitEnd();
  }

  /** Its number at the operating system, while it runs. */
  public long pid() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("never started");
    }
    return running.pid();
  }

  public int httpPort() {
    return httpPort;
  }

  public int dicomPort() {
    return dicomPort;
  }

  public DataFolder data() {
    return data;
  }

  /** Lines written to standard output so far. */
  public List<String> output() throws IOException {
    return Files.readAllLines(out);
  }

  /** Lines of the log so far. */
  public List<String> log() throws IOException {
    return Files.readAllLines(err);
  }

  /** Leaves no process behind, whatever happened. */
  @Override
  public void close() {
    Process running = process;
    if (running != null && running.isAlive()) {
      kill();
      awaitEnd();
    }
    if (LocalPostgres.running(data).isPresent()) {
      LocalPostgres.start(data).close();
    }
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/api/health"))
                      .timeout(Duration.ofSeconds(5))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String tail() {
    try {
      String log = Files.readString(err);
      return log.substring(Math.max(0, log.length() - 2_000));
    } catch (IOException e) {
      return "no log";
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
