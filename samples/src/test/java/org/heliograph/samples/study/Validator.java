package org.heliograph.samples.study;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.junit.jupiter.api.Assumptions;

/** Asks dciodvfy of dicom3tools about an image. */
final class Validator {
  private Validator() {}

  static List<String> errors(Dataset image, String name) throws Exception {
    boolean required = "required".equals(System.getenv("HELIOGRAPH_PEERS"));
    boolean installed = Files.isExecutable(Path.of("/usr/bin/dciodvfy"));
    Assumptions.assumeTrue(required || installed, "dciodvfy is not installed");
    Path file = Files.createDirectories(Path.of("target", "studies")).resolve(name + ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      DicomWriter.writePart10(
          out, TransferSyntax.of(Uids.ExplicitVrLittleEndian), image, BulkSource.NONE);
    }
    Process process =
        new ProcessBuilder("dciodvfy", file.toString()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return List.of("dciodvfy did not end");
    }
    return said.lines().filter(line -> line.contains("Error")).toList();
  }
}
