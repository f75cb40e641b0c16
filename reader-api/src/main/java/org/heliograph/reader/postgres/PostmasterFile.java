package org.heliograph.reader.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code postmaster.pid} says of the server that runs, or ran, on a cluster. */
record PostmasterFile(long pid, int port) {
  static final String NAME = "postmaster.pid";

  static Optional<PostmasterFile> read(Path data) throws IOException {
    try {
      List<String> lines = Files.readAllLines(data.resolve(NAME));
      return lines.size() < 4
          ? Optional.empty()
          : Optional.of(
              new PostmasterFile(
                  Long.parseLong(lines.getFirst().strip()),
                  Integer.parseInt(lines.get(3).strip())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      throw new PostgresException("The file " + data.resolve(NAME) + " is not readable.", e);
    }
  }

  /**
   * Whether this very server runs. A process id is given again after a restart of the machine, so
   * the process must also work in the cluster's folder, as a server does.
   */
  boolean isAlive(Path data) {
    Path workingFolder = Path.of("/proc", Long.toString(pid), "cwd");
    try {
      return Files.isSameFile(workingFolder, data);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      // Another user's process: not one of ours.
      return false;
    }
  }
}
