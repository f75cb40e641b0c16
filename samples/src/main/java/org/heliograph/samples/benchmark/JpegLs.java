package org.heliograph.samples.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;
import org.heliograph.dicom.pixel.jpegls.JpegLsDecoder;
import org.heliograph.dicom.pixel.jpegls.JpegLsEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One frame to JPEG-LS and back, in memory. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class JpegLs {
  @Param({"ct", "dx"})
  public String kind;

  private SampleLayout layout;
  private int precision;
  private byte[] cells;
  private byte[] stream;

  @Setup
  public void frame() throws IOException {
    try (InputStream in = Files.newInputStream(BenchmarkFiles.ofThisRun().of(kind).getFirst())) {
      Dataset image = DicomReader.readPart10(in, ReadOptions.inMemory(1 << 25)).dataset();
      cells = image.bytes(Tag.PixelData);
      layout = new SampleLayout(image.integer(Tag.Rows, 0), image.integer(Tag.Columns, 0), 1, 16);
      precision = image.integer(Tag.BitsStored, 0);
    }
    stream = JpegLsEncoder.encode(cells, layout, precision);
  }

  @Benchmark
  public byte[] jpegLsEncode() throws CodecException {
    return JpegLsEncoder.encode(cells, layout, precision);
  }

  @Benchmark
  public byte[] jpegLsDecode() throws CodecException {
    return JpegLsDecoder.decode(stream, layout);
  }
}
