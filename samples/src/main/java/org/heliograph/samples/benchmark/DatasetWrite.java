package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reads a file and writes it in another transfer syntax to another file. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class DatasetWrite {
  @Param({"ct", "dx"})
  public String kind;

  private List<Path> files;
  private Path target;
  private int next;

  @Setup
  public void files() throws IOException {
    files = BenchmarkFiles.ofThisRun().of(kind);
    target = Files.createTempFile("benchmark", ".dcm");
  }

  @TearDown
  public void clear() throws IOException {
    Files.deleteIfExists(target);
  }

  @Benchmark
  public void rewriteImplicit() throws IOException {
    next = (next + 1) % files.size();
    Path file = files.get(next);
    ParsedObject object =
        DicomReader.readPart10(file, ReadOptions.defaults().withPixelDataInSource());
    try (OutputStream out = Files.newOutputStream(target)) {
      DicomWriter.writePart10(
          out,
          object.fileMeta(),
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
          object.dataset(),
          BulkSource.of(file));
    }
  }
}
