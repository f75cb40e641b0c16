package org.heliograph.samples.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asked for. */
record Options(@Nullable Path files, @Nullable Path out) {

  /** Null if the arguments are not understood. */
  static @Nullable Options parse(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("core") || arguments.size() % 2 == 0) {
      return null;
    }
    Path files = null;
    Path out = null;
    for (int i = 1; i < arguments.size(); i += 2) {
      Path value = Path.of(arguments.get(i + 1)).toAbsolutePath();
      switch (arguments.get(i)) {
        case "--files" -> files = value;
        case "--out" -> out = value;
        default -> {
          return null;
        }
      }
    }
    return new Options(files, out);
  }
}
