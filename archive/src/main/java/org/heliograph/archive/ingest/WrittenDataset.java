package org.heliograph.archive.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomWriter;
import org.jspecify.annotations.Nullable;

/** The bytes of a data set while they are written, by a thread of its own. */
final class WrittenDataset extends InputStream {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final PipedInputStream pipe = new PipedInputStream(BUFFER_BYTES);
  private volatile @Nullable Throwable fault;

  WrittenDataset(TransferSyntax syntax, Dataset dataset, BulkSource bulk) throws IOException {
    var out = new PipedOutputStream(pipe);
    Thread.ofVirtual().name("dataset-writer").start(() -> write(out, syntax, dataset, bulk));
  }

  private void write(OutputStream out, TransferSyntax syntax, Dataset dataset, BulkSource bulk) {
    try (out) {
      try {
        DicomWriter.writeDataset(out, syntax, dataset, bulk);
      } catch (IOException | RuntimeException e) {
        fault = e; // before the pipe's end is seen
      }
    } catch (IOException e) {
      fault = e;
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = pipe.read(bytes, offset, length);
    Throwable failed = fault;
    if (n < 0 && failed != null) {
      throw new IOException("the data set could not be written", failed);
    }
    return n;
  }

  /** The writer, if it is still at work, ends. */
  @Override
  public void close() throws IOException {
    pipe.close();
  }
}
