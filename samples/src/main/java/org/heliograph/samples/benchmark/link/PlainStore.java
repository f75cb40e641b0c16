package org.heliograph.samples.benchmark.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.heliograph.node.emulator.LinkEmulator;
import org.heliograph.samples.benchmark.archive.ChildProcess;

/** The usual way: dcmtk's storescu to Orthanc over the same line, again until it succeeds. */
final class PlainStore {
  private static final Path ORTHANC = Path.of("/usr/sbin/Orthanc");
  private static final Path STORESCU = Path.of("/usr/bin/storescu");

  private PlainStore() {}

  /**
   * What came of it.
   *
   * @param complete whether Orthanc has it
   * @param attempts from the beginning each
   */
  record Outcome(boolean complete, int attempts, double seconds, long bytes) {}

  static Optional<Outcome> run(Path folder, Path picture, LinkBenchmark.Line line, Duration longest)
      throws IOException {
    if (!Files.isExecutable(ORTHANC) || !Files.isExecutable(STORESCU)) {
      return Optional.empty();
    }
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    int dicom = ChildProcess.freePort();
    Path configuration = folder.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        { "Name": "ORTHANC", "DicomAet": "ORTHANC", "StorageDirectory": "%1$s/storage",
          "IndexDirectory": "%1$s/storage", "HttpServerEnabled": false, "DicomPort": %2$d,
          "DicomAlwaysAllowStore": true, "SyncStorageArea": true }
        """
            .formatted(folder, dicom));
    try (ChildProcess orthanc =
        ChildProcess.start(
            List.of(ORTHANC.toString(), configuration.toString()),
            folder.resolve("orthanc.log"),
            Map.of())) {
      orthanc.awaitPort(dicom);
      try (LinkEmulator link = LinkEmulator.to(dicom, line.shape(), 1)) {
        line.begin(link);
        return Optional.of(send(folder, picture, link, longest));
      }
    }
  }

  private static Outcome send(Path folder, Path picture, LinkEmulator link, Duration longest)
      throws IOException {
    long began = System.nanoTime();
    int attempts = 0;
    while (System.nanoTime() - began < longest.toNanos()) {
      attempts++;
      if (sent(folder, picture, link, longest.minusNanos(System.nanoTime() - began))) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Outcome(true, attempts, seconds, link.totals().upBytes());
      }
      ChildProcess.pause(1000);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Outcome(false, attempts, seconds, link.totals().upBytes());
  }

  private static boolean sent(Path folder, Path picture, LinkEmulator link, Duration longest)
      throws IOException {
    Process process =
        new ProcessBuilder(
                STORESCU.toString(),
                "-aec",
                "ORTHANC",
                "127.0.0.1",
                Integer.toString(link.port()),
                picture.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("storescu.log").toFile())
            .start();
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
