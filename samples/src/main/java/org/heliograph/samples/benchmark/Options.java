package org.heliograph.samples.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asked for.
 *
 * @param part {@code core}, {@code archive} or {@code link}
 * @param size {@code quick}, {@code standard} or {@code full}; not of the core
 * @param files where test files are kept; null for a temporary folder
 * @param out the page whose section is replaced
 * @param picture the file that the picture is drawn into; of the archive only
 */
record Options(
    String part, String size, @Nullable Path files, @Nullable Path out, @Nullable Path picture) {
  private static final List<String> SIZES = List.of("--quick", "--standard", "--full");

  /** Null if the arguments are not understood. */
  static @Nullable Options parse(List<String> arguments) {
    if (arguments.isEmpty() || !List.of("core", "archive", "link").contains(arguments.getFirst())) {
      return null;
    }
    boolean archive = arguments.getFirst().equals("archive");
    String size = "standard";
    Path files = null;
    Path out = null;
    Path picture = null;
    for (int i = 1; i < arguments.size(); i++) {
      String option = arguments.get(i);
      boolean sized = archive && SIZES.contains(option);
      if (sized || (arguments.getFirst().equals("link") && option.equals("--quick"))) {
        size = option.substring(2);
        continue;
      }
      if (++i == arguments.size()) {
        return null;
      }
      Path value = Path.of(arguments.get(i)).toAbsolutePath();
      switch (option) {
        case "--files" -> files = value;
        case "--out" -> out = value;
        case "--picture" -> picture = value;
        default -> {
          return null;
        }
      }
    }
    return picture == null || archive
        ? new Options(arguments.getFirst(), size, files, out, picture)
        : null;
  }
}
