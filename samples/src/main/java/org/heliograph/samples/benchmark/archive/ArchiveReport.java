package org.heliograph.samples.benchmark.archive;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was measured.
 *
 * @param about how, and on what
 * @param results in the order of the table
 */
public record ArchiveReport(String about, List<Result> results) {
  public ArchiveReport {
    results = List.copyOf(results);
  }

  /** The section of the page, with the picture's address. */
  public String section(String picture) {
    String titles =
        Arrays.stream(Product.values()).map(Product::title).collect(Collectors.joining(" | "));
    String rows = results.stream().map(Result::row).collect(Collectors.joining("\n"));
    return """
    ## The archive

    %s

    %s| what | unit | %s | ratio | reach |
    |---|---|%s---|---|
    %s
    """
        .formatted(
            about,
            picture.isEmpty() ? "" : "![The archive beside its peers](" + picture + ")\n\n",
            titles,
            "---|".repeat(Product.values().length),
            rows);
  }

  /** The picture of the lines that a peer has too. */
  public String picture() {
    return BarChart.draw(results);
  }
}
