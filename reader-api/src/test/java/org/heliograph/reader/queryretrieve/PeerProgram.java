package org.heliograph.reader.queryretrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Programs of others; skipped with a message if absent, unless peers are required. */
public final class PeerProgram {
  private static final long DEADLINE_SECONDS = 60;

  private PeerProgram() {}

  public static void need(String... programs) {
    for (String program : programs) {
      boolean present =
          List.of((System.getenv().getOrDefault("PATH", "") + ":/usr/sbin").split(":", -1)).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
        assertThat(present).as(program + " is installed").isTrue();
      }
      assumeTrue(present, program + " is not installed");
    }
  }

  /** Runs a program to its end and returns what it said. */
  public static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command[0] + " did not end: " + output);
    }
    return output;
  }

  /** Starts a server and waits until it listens. */
  public static Process serve(int port, Path log, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
          } catch (IOException _) {
            return false;
          }
        });
    return process;
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
