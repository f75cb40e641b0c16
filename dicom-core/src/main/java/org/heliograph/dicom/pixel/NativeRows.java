package org.heliograph.dicom.pixel;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.codec.RowSink;

/**
 * The rows of one native frame, read from its source one after the other: as {@link
 * FrameDecoder#stored} gives them, samples of a pixel together and little endian, in memory of a
 * row.
 */
public final class NativeRows implements Closeable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream[] planes;
  private final byte[] plane;
  private final int rowBytes;
  private final int sampleBytes;
  private final boolean swap;
  private int left;

  private NativeRows(ImageDescription image, int planes, boolean swap) {
    this.planes = new InputStream[planes];
    this.sampleBytes = image.bytesPerSample();
    this.rowBytes = image.columns() * image.samplesPerPixel() * sampleBytes;
    this.plane = new byte[planes > 1 ? rowBytes / planes : 0];
    this.swap = swap && sampleBytes > 1;
    this.left = image.rows();
  }

  /** Whether an image's native frames can be read so: whole cells of 8 or 16 bits. */
  static boolean suits(ImageDescription image) {
    return image.sampleType() == SampleType.INTEGER
        && (image.bitsAllocated() == 8 || image.bitsAllocated() == 16)
        && switch (image.photometricInterpretation()) {
          case MONOCHROME1, MONOCHROME2, PALETTE_COLOR, RGB, YBR_FULL -> true;
          default -> false;
        };
  }

  static NativeRows open(
      ImageDescription image, FrameIndex.Span frame, BulkSource source, boolean bigEndian)
      throws IOException {
    int count = image.planarConfiguration() == 1 ? image.samplesPerPixel() : 1;
    NativeRows rows = new NativeRows(image, count, bigEndian);
    long length = frame.length() / count;
    try {
      for (int i = 0; i < count; i++) {
        rows.planes[i] =
            new BufferedInputStream(source.open(frame.offset() + i * length, length), BUFFER_BYTES);
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** Bytes of one row. */
  public int rowBytes() {
    return rowBytes;
  }

  /**
   * Fills the next row.
   *
   * @return false behind the last
   * @throws DamagedPixelDataException the source ends too soon
   */
  public boolean next(byte[] row) throws IOException {
    if (left == 0) {
      return false;
    }
    left--;
    if (planes.length == 1) {
      fill(planes[0], row, rowBytes);
    } else {
      interleave(row);
    }
    if (swap) {
      for (int i = 0; i + 1 < rowBytes; i += 2) {
        byte low = row[i + 1];
        row[i + 1] = row[i];
        row[i] = low;
      }
    }
    return true;
  }

  /** Gives a sink what is left. */
  public void to(RowSink sink) throws IOException {
    byte[] row = new byte[rowBytes];
    while (next(row)) {
      sink.row(row);
    }
  }

  private void interleave(byte[] row) throws IOException {
    for (int p = 0; p < planes.length; p++) {
      fill(planes[p], plane, plane.length);
      for (int from = 0, to = p * sampleBytes; from < plane.length; from += sampleBytes) {
        for (int b = 0; b < sampleBytes; b++) {
          row[to + b] = plane[from + b];
        }
        to += planes.length * sampleBytes;
      }
    }
  }

  private static void fill(InputStream in, byte[] row, int length) throws IOException {
    if (in.readNBytes(row, 0, length) < length) {
      throw new DamagedPixelDataException("source ends before the last row");
    }
  }

  @Override
  public void close() throws IOException {
    for (InputStream each : planes) {
      if (each != null) {
        each.close();
      }
    }
  }
}
