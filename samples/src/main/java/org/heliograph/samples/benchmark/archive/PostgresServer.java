package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.reader.settings.DataFolder;

/** Finds the PostgreSQL server that runs in a data folder. */
final class PostgresServer {
  private PostgresServer() {}

  /** The postmaster; every backend is its child. */
  static long pid(DataFolder data) throws IOException {
    Path file = data.postgres().resolve("cluster").resolve("postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).getFirst().strip());
  }
}
