package org.heliograph.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.TransferSyntax;

/**
 * What a data set is written as, without what lies in its source: bytes made anew and ranges of the
 * source, in their order. So a header can be changed, and the length of the result be told, without
 * reading pixel data.
 */
public final class DatasetPieces {
  /** Some of the written bytes. */
  public sealed interface Piece {
    long length();
  }

  /** Bytes to write as they are. */
  public static final class Made implements Piece {
    private final byte[] bytes;

    private Made(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The bytes as a stream. */
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public long length() {
      return bytes.length;
    }
  }

  /** A range of the source of the data set, as {@link BulkSource#open} takes it. */
  public record Range(long offset, long length) implements Piece {}

  private DatasetPieces() {}

  /**
   * The pieces of a data set in the syntax that its source is in; of a deflated syntax those before
   * deflating.
   *
   * @throws IOException the data set cannot be written, for instance since a length is too large
   */
  public static List<Piece> of(TransferSyntax syntax, Dataset dataset) throws IOException {
    var recorder = new Recorder();
    new DatasetEmitter(recorder, syntax.explicitVr(), syntax.bigEndian(), recorder::range)
        .emit(dataset);
    recorder.finish();
    return List.copyOf(recorder.pieces);
  }

  /** Takes what is written; what is read from a range is left out and the range noted instead. */
  private static final class Recorder extends OutputStream {
    private final List<Piece> pieces = new ArrayList<>();
    private ByteArrayOutputStream made = new ByteArrayOutputStream();
    private long skip;

    InputStream range(long offset, long length) {
      finish();
      pieces.add(new Range(offset, length));
      skip = length;
      return new Zeros(length);
    }

    void finish() {
      if (made.size() > 0) {
        pieces.add(new Made(made.toByteArray()));
        made = new ByteArrayOutputStream();
      }
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int skipped = (int) Math.min(skip, length);
      skip -= skipped;
      made.write(bytes, offset + skipped, length - skipped);
    }
  }

  /** As many bytes as a range has; nobody looks at them. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left == 0) {
        return length == 0 ? 0 : -1;
      }
      int n = (int) Math.min(left, length);
      left -= n;
      return n;
    }
  }
}
