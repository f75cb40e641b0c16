package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends files by dcmtk's dcmsend, which is nobody's own: one process for each association. Without
 * dcmtk nothing can be stored and the benchmark ends.
 */
final class Senders {
  private static final Path PROGRAM = Path.of("/usr/bin/dcmsend");

  /** Whether the sender waits for an acknowledgement before it sends a small piece. */
  enum Nagle {
    OFF,
    ON
  }

  private Senders() {}

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Sends each file once, shared evenly; returns the seconds from the first start to the last end.
   */
  static double send(Server server, List<Path> files, int associations, Nagle nagle)
      throws IOException {
    List<Process> senders = new ArrayList<>();
    long began = System.nanoTime();
    for (int i = 0; i < associations; i++) {
      List<Path> share =
          files.subList(files.size() * i / associations, files.size() * (i + 1) / associations);
      if (!share.isEmpty()) {
        senders.add(start(server, share, nagle));
      }
    }
    for (Process sender : senders) {
      String said = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (await(sender) != 0) {
        throw new IOException("dcmsend to " + server.product().title() + " failed: " + said);
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static Process start(Server server, List<Path> files, Nagle nagle) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM.toString(),
                "--quiet",
                "--aetitle",
                HubServer.CALLING,
                "--call",
                server.aeTitle(),
                "127.0.0.1",
                Integer.toString(server.dicomPort())));
    files.forEach(file -> command.add(file.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TCP_NODELAY", nagle == Nagle.OFF ? "1" : "0");
    return builder.start();
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
