package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Opens a file and reads all of its header: every element up to the pixel data. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class HeaderParse {
  @Param({"ct", "dx"})
  public String kind;

  private List<Path> files;
  private int next;

  @Setup
  public void files() {
    files = BenchmarkFiles.ofThisRun().of(kind);
  }

  @Benchmark
  public ParsedObject headerParse() throws IOException {
    next = (next + 1) % files.size();
    return DicomReader.readPart10(files.get(next), ReadOptions.header());
  }
}
