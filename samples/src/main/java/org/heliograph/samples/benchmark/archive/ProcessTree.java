package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What processes and all their descendants take, read from /proc. */
final class ProcessTree {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

  private ProcessTree() {}

  /**
   * User and system time so far, in seconds, that of ended children included once they were waited
   * for.
   */
  static double cpuSeconds(List<Long> roots) throws IOException {
    long ticks = 0;
    for (long pid : members(roots)) {
      ticks += ticks(pid);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Proportional set size: memory of its own, and its share of what is shared. */
  static long pssBytes(List<Long> roots) throws IOException {
    long kilobytes = 0;
    for (long pid : members(roots)) {
      kilobytes += pssKilobytes(pid);
    }
    return kilobytes * 1024;
  }

  private static Set<Long> members(List<Long> roots) {
    Set<Long> pids = new LinkedHashSet<>(roots);
    for (long root : roots) {
      ProcessHandle.of(root)
          .map(ProcessHandle::descendants)
          .orElseGet(Stream::empty)
          .forEach(child -> pids.add(child.pid()));
    }
    return pids;
  }

  private static long ticks(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 11; i <= 14; i++) { // utime, stime, cutime, cstime
        ticks += Long.parseLong(fields[i]);
      }
      return ticks;
    } catch (NoSuchFileException _) {
      return 0; // ended since it was listed
    }
  }

  private static long pssKilobytes(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException _) {
      return 0;
    }
  }
}
