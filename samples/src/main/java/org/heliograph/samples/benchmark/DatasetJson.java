package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.json.DicomJson;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The header of a thousand-frame object as DICOM JSON, from the file, and back. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class DatasetJson {
  private BenchmarkFiles files;
  private String json;

  @Setup
  public void text() throws IOException {
    files = BenchmarkFiles.ofThisRun();
    json = DicomJson.write(read(), _ -> null);
  }

  @Benchmark
  public void jsonWrite() throws IOException {
    DicomJson.write(read(), _ -> null, OutputStream.nullOutputStream());
  }

  @Benchmark
  public Dataset jsonRead() {
    return DicomJson.read(json);
  }

  private Dataset read() throws IOException {
    try (InputStream in = Files.newInputStream(files.enhanced())) {
      return DicomReader.readPart10(in, ReadOptions.inMemory(1 << 26)).dataset();
    }
  }
}
