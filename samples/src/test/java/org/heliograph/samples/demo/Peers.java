package org.heliograph.samples.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Programs by others that take part. */
final class Peers {
  private Peers() {}

  /** The program, or the test is skipped, or fails where HELIOGRAPH_PEERS says so. */
  static String require(String program) {
    return find(program).orElseGet(() -> missing(program)).toString();
  }

  /** Whether it takes part; where all must, a missing one is a failure. */
  static boolean has(String program) {
    boolean here = find(program).isPresent();
    if (!here && "required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      throw new AssertionError("the peer " + program + " is required and not installed");
    }
    return here;
  }

  private static Optional<Path> find(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing(String program) {
    has(program);
    return Assumptions.abort("skipped: " + program + " is not installed");
  }
}
