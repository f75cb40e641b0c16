package org.heliograph.dicom.pixel.rle;

import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/**
 * RLE Lossless (PS3.5 Annex G): one segment for each byte of each sample, most significant first;
 * every row has its own runs and every segment an even length.
 */
public final class RleEncoder {

  private static final int HEADER_BYTES = 64;
  private static final int LONGEST_RUN = 128;

  private byte[] out;
  private int at = HEADER_BYTES;

  private RleEncoder(int expectedBytes) {
    out = new byte[expectedBytes];
  }

  /**
   * Encodes the cells of one frame, all their bits.
   *
   * @throws CodecException there are fewer cells than the layout has
   */
  public static byte[] encode(byte[] cells, SampleLayout layout) throws CodecException {
    if (cells.length < layout.byteCount()) {
      throw CodecException.damaged("frame has " + cells.length + " bytes of " + layout.byteCount());
    }
    return new RleEncoder(HEADER_BYTES + layout.byteCount() / 2).frame(cells, layout);
  }

  private byte[] frame(byte[] cells, SampleLayout layout) throws CodecException {
    int width = layout.bytesPerSample();
    int samples = layout.samplesPerPixel();
    littleEndian(0, width * samples);
    for (int segment = 0; segment < width * samples; segment++) {
      littleEndian(4 + 4 * segment, at);
      int first = segment / width * width + width - 1 - segment % width;
      plane(cells, first, width * samples, layout);
      if ((at & 1) != 0) {
        reserve(1);
        out[at++] = 0;
      }
    }
    return Arrays.copyOf(out, at);
  }

  private void plane(byte[] cells, int first, int stride, SampleLayout layout)
      throws CodecException {
    byte[] row = new byte[layout.columns()];
    int from = first;
    for (int y = 0; y < layout.rows(); y++) {
      for (int x = 0; x < row.length; x++, from += stride) {
        row[x] = cells[from];
      }
      reserve(row.length + row.length / LONGEST_RUN + 2L);
      row(row);
    }
  }

  private void row(byte[] row) {
    int x = 0;
    int literals = 0;
    while (x < row.length) {
      int same = same(row, x);
      // Two alike within literals cost a byte more as a run of their own.
      if (same > 2 || (same == 2 && literals == 0)) {
        literals(row, x - literals, literals);
        literals = 0;
        out[at++] = (byte) (1 - same);
        out[at++] = row[x];
        x += same;
      } else {
        x++;
        if (++literals == LONGEST_RUN) {
          literals(row, x - literals, literals);
          literals = 0;
        }
      }
    }
    literals(row, x - literals, literals);
  }

  private static int same(byte[] row, int from) {
    int end = Math.min(row.length, from + LONGEST_RUN);
    int x = from + 1;
    while (x < end && row[x] == row[from]) {
      x++;
    }
    return x - from;
  }

  private void literals(byte[] row, int from, int count) {
    if (count > 0) {
      out[at++] = (byte) (count - 1);
      System.arraycopy(row, from, out, at, count);
      at += count;
    }
  }

  private void reserve(long count) throws CodecException {
    long needed = at + count;
    if (needed > out.length) {
      if (needed > Integer.MAX_VALUE - 16) {
        throw CodecException.unsupported("RLE frame of more than 2 GiB");
      }
      long length = Math.min(Math.max(needed, out.length * 3L / 2), Integer.MAX_VALUE - 16);
      out = Arrays.copyOf(out, (int) length);
    }
  }

  private void littleEndian(int to, int value) {
    out[to] = (byte) value;
    out[to + 1] = (byte) (value >> 8);
    out[to + 2] = (byte) (value >> 16);
    out[to + 3] = (byte) (value >> 24);
  }
}
