package org.heliograph.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A hub as a child process on free ports: real start, real log, real stop. */
final class HubProcess implements AutoCloseable {
  private static final int START_MINUTES = 4;

  private final Process process;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private HubProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(() -> follow(process.inputReader(StandardCharsets.UTF_8)));
    Thread.ofVirtual().start(() -> follow(process.errorReader(StandardCharsets.UTF_8)));
    var _ =
        process
            .onExit()
            .thenRun(
                () -> ready.completeExceptionally(new IllegalStateException("the hub has ended")));
  }

  /** Starts a hub with the demo's clinics and people on a data folder in this one. */
  static HubProcess start(Path folder) throws Exception {
    letServerIn(folder);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx768m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dheliograph.cases.quiet-period=2s",
            "-Dheliograph.cases.sweep=1s",
            "-cp",
            System.getProperty("java.class.path"),
            NetworkMain.class.getName(),
            "--data",
            folder.resolve("data").toString(),
            "--http-port",
            "0",
            "--dicom-port",
            "0"));
    HubProcess hub = new HubProcess(new ProcessBuilder(command).start());
    try {
      hub.ready.get(START_MINUTES, TimeUnit.MINUTES);
    } catch (Exception e) {
      hub.process.destroy();
      throw new IllegalStateException(String.join("\n", hub.log), e);
    }
    return hub;
  }

  /** PostgreSQL may run as a user of its own, who must be able to pass through. */
  static void letServerIn(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
  }

  String web() {
    return ready.join().split(" ", -1)[0];
  }

  int dicomPort() {
    return Integer.parseInt(ready.join().split(" ", -1)[1]);
  }

  /** Every line that the hub has written so far. */
  List<String> log() {
    return List.copyOf(log);
  }

  HubClient signedIn(DemoPerson person) {
    HubClient client = HubClient.of(web());
    client.signIn(person.login(), DemoPerson.PASSWORD);
    return client;
  }

  /** Stops it as an operator does, and expects it to obey. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 1, TimeUnit.MINUTES).join();
    boolean stopped = !process.isAlive();
    if (!stopped) {
      process.destroyForcibly();
    }
    assertThat(stopped).as("the hub stops when asked").isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private void follow(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(NetworkMain.READY)) {
          ready.complete(line.substring(NetworkMain.READY.length()));
        }
        log.add(line);
      }
    } catch (IOException e) {
      log.add("the log ended: " + e.getClass().getSimpleName());
    }
  }
}
