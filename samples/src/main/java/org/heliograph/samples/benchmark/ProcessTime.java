package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/**
 * What a program of somebody else took.
 *
 * @param wallSeconds on the clock
 * @param cpuSeconds of all its threads, in user and system mode
 */
record ProcessTime(double wallSeconds, double cpuSeconds) {
  static final ProcessTime NOTHING = new ProcessTime(0, 0);
  private static final int RUNS = 5;

  /** The quickest of a few runs, with its output thrown away. */
  static ProcessTime best(List<String> command) throws IOException {
    ProcessTime best = run(command);
    for (int i = 1; i < RUNS; i++) {
      ProcessTime next = run(command);
      best = next.cpuSeconds < best.cpuSeconds ? next : best;
    }
    return best;
  }

  /** This without what the program needs to start and end. */
  ProcessTime minus(ProcessTime start) {
    return new ProcessTime(
        Math.max(1e-6, wallSeconds - start.wallSeconds),
        Math.max(1e-6, cpuSeconds - start.cpuSeconds));
  }

  private static ProcessTime run(List<String> command) throws IOException {
    List<String> timed = new ArrayList<>();
    timed.addAll(
        List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\" >/dev/null 2>/dev/null", "time"));
    timed.addAll(command);
    Process process = new ProcessBuilder(timed).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command.getFirst() + " failed");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try (Scanner numbers = new Scanner(said).useLocale(Locale.ROOT)) {
      return new ProcessTime(numbers.nextDouble(), numbers.nextDouble() + numbers.nextDouble());
    }
  }
}
