package org.heliograph.reader.media;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts outcomes with their reasons. Names of files may tell of patients, so they are only written
 * to a file of the operator's choice that nobody else can read. Safe for many threads.
 */
public final class ImportTally implements Closeable {
  private final Map<ImportOutcome, Map<String, Long>> counts = new EnumMap<>(ImportOutcome.class);
  private final @Nullable BufferedWriter names;

  private ImportTally(@Nullable BufferedWriter names) {
    this.names = names;
  }

  /**
   * Begins to count.
   *
   * @param problems where to list the names of files that somebody has to look at; null for nowhere
   */
  public static ImportTally open(@Nullable Path problems) throws IOException {
    if (problems == null) {
      return new ImportTally(null);
    }
    Files.deleteIfExists(problems);
    Files.createFile(
        problems,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return new ImportTally(
        Files.newBufferedWriter(problems, StandardCharsets.UTF_8, StandardOpenOption.WRITE));
  }

  /** One more. */
  synchronized void add(ImportOutcome outcome, String reason, String name) {
    counts.computeIfAbsent(outcome, _ -> new TreeMap<>()).merge(reason, 1L, Long::sum);
    if (names != null && !outcome.isFine()) {
      try {
        names.write(outcome + "\t" + reason + "\t" + name.replaceAll("\\p{Cntrl}", "?") + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public synchronized long of(ImportOutcome outcome) {
    return counts.getOrDefault(outcome, Map.of()).values().stream().mapToLong(n -> n).sum();
  }

  /** Whether nobody has to look at any of it. */
  public synchronized boolean isFine() {
    return counts.keySet().stream().allMatch(ImportOutcome::isFine);
  }

  /** A line for each outcome and reason. */
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    Set.copyOf(counts.keySet()).stream()
        .sorted()
        .forEach(outcome ->
            counts
                .getOrDefault(outcome, Map.of())
                .forEach((reason, count) ->
                    lines.add(
                        String.format(
                            "%9d  %s%s",
                            count, outcome.words(), reason.isEmpty() ? "" : ": " + reason))));
    return lines;
  }

  @Override
  public void close() throws IOException {
    if (names != null) {
      names.close();
    }
  }
}
