package org.heliograph.samples.benchmark.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was measured so far; each line is told as soon as it is known. */
final class Table {
  private final Consumer<String> progress;
  private final List<Result> results = new ArrayList<>();

  Table(Consumer<String> progress) {
    this.progress = progress;
  }

  void add(Result result) {
    results.add(result);
    say(result.row());
  }

  void say(String line) {
    progress.accept(line);
  }

  List<Result> results() {
    return List.copyOf(results);
  }
}
