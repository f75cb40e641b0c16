package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The page that keeps the figures: each part of the benchmark replaces its own section and leaves
 * the others as they are.
 */
final class BenchmarkReport {
  private static final String TITLE =
      """
      # Benchmarks

      Each table is one run on one machine with the peers beside us; the ratio is what counts, a
      single figure says little. Made by `./heliograph benchmark`, which replaces the section it
      measured.
      """;

  private BenchmarkReport() {}

  /** A section as text, heading included. */
  static String section(String heading, String about, List<Figure> figures) {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(heading).append("\n\n").append(about).append("\n\n");
    text.append("| what | unit | Heliograph | peer | peer's | ratio | reach |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    figures.forEach(figure -> text.append(figure.row()).append('\n'));
    return text.toString();
  }

  /** Puts a section in its place in the page, which is made if it is not there. */
  static void write(Path page, String name, String section) throws IOException {
    String begin = "<!-- " + name + ": begin -->\n";
    String end = "<!-- " + name + ": end -->\n";
    String block = begin + section + end;
    String text = Files.exists(page) ? Files.readString(page) : TITLE;
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    String changed =
        from >= 0 && to > from
            ? text.substring(0, from) + block + text.substring(to + end.length())
            : text + "\n" + block;
    Files.writeString(page, changed);
  }
}
