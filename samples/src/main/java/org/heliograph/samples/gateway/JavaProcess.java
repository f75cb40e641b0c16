package org.heliograph.samples.gateway;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of our programs with this one's class path, started, killed and started again. */
final class JavaProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final int PAUSE_MILLIS = 50;

  private final Path log;
  private @Nullable Process process;

  /**
   * @param log what it says; appended to
   */
  JavaProcess(Path log) {
    this.log = log;
  }

  /** Whether it takes work. */
  interface Ready {
    boolean ask() throws IOException;
  }

  /** Returns when it is ready, with how long that took. */
  Duration start(List<String> options, Class<?> main, List<String> arguments, Ready ready)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    long began = System.nanoTime();
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    while (!answers(ready)) {
      if (!running().isAlive() || System.nanoTime() - began > START.toNanos()) {
        throw new IOException(main.getSimpleName() + " did not start:\n" + Files.readString(log));
      }
      pause();
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static boolean answers(Ready ready) {
    try {
      return ready.ask();
    } catch (IOException _) {
      return false;
    }
  }

  long pid() {
    return running().pid();
  }

  /** Without a word to it, as the power going off. */
  void kill() throws IOException {
    running().destroyForcibly();
    await();
  }

  private Process running() {
    Process now = process;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    return now;
  }

  private void await() throws IOException {
    try {
      if (!running().waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("a process does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Stops it as SIGTERM does. */
  @Override
  public void close() throws IOException {
    Process now = process;
    if (now != null && now.isAlive()) {
      now.destroy();
      try {
        await();
      } catch (IOException e) {
        now.destroyForcibly();
        throw e;
      }
    }
  }
}
