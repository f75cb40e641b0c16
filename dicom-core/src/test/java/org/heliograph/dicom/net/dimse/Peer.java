package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of another maker, as client or as server. */
public final class Peer implements AutoCloseable {
  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/usr/sbin"));

  private final Process process;
  private final int port;

  private Peer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** How a program ended. */
  public record Result(int exitCode, String output) {}

  /** Skips the test if a program is missing, unless peers are required. */
  public static void need(String... programs) {
    for (var program : programs) {
      var there = FOLDERS.stream().anyMatch(each -> Files.isExecutable(each.resolve(program)));
      if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
        assertThat(there).as(program + " is required").isTrue();
      }
      Assumptions.assumeTrue(there, program + " is not installed");
    }
  }

  private static String path(String program) {
    return FOLDERS.stream()
        .map(each -> each.resolve(program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private static ProcessBuilder builder(Path folder, String program, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(path(program));
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
  }

  /** Runs a client to its end. */
  public static Result run(Path folder, String program, List<String> arguments)
      throws IOException, InterruptedException {
    var log = Files.createTempFile(folder, program, ".log");
    var process = builder(folder, program, arguments).redirectOutput(log.toFile()).start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(program + " did not end: " + Files.readString(log));
    }
    return new Result(process.exitValue(), Files.readString(log));
  }

  /** Starts a server and waits until it listens. */
  public static Peer serve(Path folder, int port, String program, List<String> arguments)
      throws IOException {
    var log = Files.createTempFile(folder, program, ".log");
    var process = builder(folder, program, arguments).redirectOutput(log.toFile()).start();
    var peer = new Peer(process, port);
    try {
      await(program)
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> {
            assertThat(process.isAlive()).as(() -> read(log)).isTrue();
            return listens(port);
          });
    } catch (RuntimeException | AssertionError e) {
      peer.close();
      throw e;
    }
    return peer;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean listens(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException _) {
      return false;
    }
  }

  /** A port that is free now, for a program that cannot ask for one. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
