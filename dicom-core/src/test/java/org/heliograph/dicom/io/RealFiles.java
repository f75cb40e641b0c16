package org.heliograph.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The open samples beside the repository; tests that need them are skipped where they are not. */
public final class RealFiles {
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  private RealFiles() {}

  public static Path folder() {
    Assumptions.assumeTrue(
        Files.isDirectory(DATA.resolve("dicom")), "the sample files are not beside the repository");
    return DATA;
  }

  public static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(folder().resolve("dicom"))) {
      return files
          .filter(f -> Files.isRegularFile(f) && !f.toString().endsWith(".png"))
          .sorted()
          .toList();
    }
  }

  public static ParsedObject read(byte[] bytes) throws IOException {
    return DicomReader.readPart10(new ByteArrayInputStream(bytes), ReadOptions.defaults());
  }

  public static BulkSource bulk(byte[] bytes) {
    return (offset, length) ->
        new ByteArrayInputStream(bytes, Math.toIntExact(offset), Math.toIntExact(length));
  }
}
