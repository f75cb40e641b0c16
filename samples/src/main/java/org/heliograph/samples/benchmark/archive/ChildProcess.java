package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that serves until it is stopped; what it says goes to a file. */
public final class ChildProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final int PAUSE_MILLIS = 50;

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it; a folder for its log must be there. */
  public static ChildProcess start(List<String> command, Path log, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start(), log);
  }

  long pid() {
    return process.pid();
  }

  /** What must become true. */
  public interface Check {
    boolean holds() throws IOException;
  }

  /** Waits until it is ready; an exception of the check is a no. */
  public void await(Check ready) throws IOException {
    long until = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        if (ready.holds()) {
          return;
        }
      } catch (IOException _) {
        // not yet
      }
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IOException("a server did not start:\n" + Files.readString(log));
      }
      pause(PAUSE_MILLIS);
    }
  }

  /** Waits until it listens. */
  public void awaitPort(int port) throws IOException {
    await(() -> {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return true;
      }
    });
  }

  /** A port that nobody had a moment ago. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits. */
  public static void pause(long millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
