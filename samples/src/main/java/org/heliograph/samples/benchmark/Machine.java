package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the figures were taken on: without it they say nothing. No host name, no paths. */
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return "%s, %d cores, %s; %s %s; JDK %s; load before the run %s"
        .formatted(
            line(Path.of("/proc/cpuinfo"), "model name", "unknown processor"),
            Runtime.getRuntime().availableProcessors(),
            line(Path.of("/proc/meminfo"), "MemTotal", "unknown memory"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version(),
            String.format(Locale.ROOT, "%.1f", load));
  }

  /** The first line of a program's own version. */
  static String version(String program) throws IOException {
    Process process = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
    try (var in = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = in.readAllLines();
      return lines.isEmpty() ? program : lines.getFirst().replace("$", "").strip();
    }
  }

  private static String line(Path file, String key, String otherwise) throws IOException {
    if (!Files.isReadable(file)) {
      return otherwise;
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }
}
