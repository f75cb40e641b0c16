package org.heliograph.dicom.pixel.jpeg;

import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/**
 * Sequential DCT with Huffman codes, 8 and 12 bits (ITU-T T.81 Annex F, processes 1, 2 and 4).
 * Subsampled components are brought to full size by repetition.
 */
final class JpegSequentialDecoder extends JpegScans {

  /** A component's samples, in whole blocks. */
  private static final class Plane {
    int horizontal;
    int vertical;
    int quantization;
    int blockColumns;
    int blockRows;
    int stride;
    short[] samples = {};
    int prediction;
  }

  private final SampleLayout layout;
  private final int maximum;
  private final float center;
  private final Plane[] planes;
  private final float[] block = new float[64];
  private int mcuColumns;
  private int mcuRows;
  private int maxHorizontal = 1;
  private int maxVertical = 1;

  private JpegSequentialDecoder(byte[] jpeg, JpegHeader header, SampleLayout layout) {
    super(jpeg, header);
    this.layout = layout;
    this.maximum = (1 << header.precision()) - 1;
    this.center = 1 << (header.precision() - 1);
    this.planes = new Plane[header.components()];
  }

  /** The header was checked against the layout before. */
  static byte[] decode(byte[] jpeg, JpegHeader header, SampleLayout layout) throws CodecException {
    JpegSequentialDecoder decoder = new JpegSequentialDecoder(jpeg, header, layout);
    decoder.walk();
    return decoder.cells();
  }

  @Override
  void frame(int from, int length) throws CodecException {
    for (int i = 0; i < planes.length; i++) {
      Plane plane = new Plane();
      plane.horizontal = header.sampling().get(i) >> 4;
      plane.vertical = header.sampling().get(i) & 0xF;
      plane.quantization = int8(from + 8 + 3 * i);
      if (Math.clamp(plane.horizontal, 1, 4) != plane.horizontal
          || Math.clamp(plane.vertical, 1, 4) != plane.vertical) {
        throw CodecException.damaged("JPEG sampling factors are invalid");
      }
      maxHorizontal = Math.max(maxHorizontal, plane.horizontal);
      maxVertical = Math.max(maxVertical, plane.vertical);
      planes[i] = plane;
    }
    mcuColumns = Math.ceilDiv(layout.columns(), 8 * maxHorizontal);
    mcuRows = Math.ceilDiv(layout.rows(), 8 * maxVertical);
    for (Plane plane : planes) {
      int columns = Math.ceilDiv(layout.columns() * plane.horizontal, maxHorizontal);
      int rows = Math.ceilDiv(layout.rows() * plane.vertical, maxVertical);
      plane.blockColumns = Math.ceilDiv(columns, 8);
      plane.blockRows = Math.ceilDiv(rows, 8);
      plane.stride = mcuColumns * plane.horizontal * 8;
      long size = (long) plane.stride * mcuRows * plane.vertical * 8;
      if (size > Integer.MAX_VALUE / 2) {
        throw CodecException.damaged("JPEG component is too large");
      }
      plane.samples = new short[(int) size];
    }
  }

  @Override
  void scan(Part[] parts, int selection, int transform, JpegBitReader in) throws CodecException {
    if (maxHorizontal < 1 || mcuColumns == 0) {
      throw CodecException.damaged("JPEG scan before the frame header");
    }
    boolean single = parts.length == 1;
    Plane first = planes[parts[0].component()];
    int columns = single ? first.blockColumns : mcuColumns;
    int rows = single ? first.blockRows : mcuRows;
    resetPredictions();
    int untilRestart = restartInterval;
    int restarts = 0;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        if (restartInterval > 0 && untilRestart-- == 0) {
          in.restart(restarts++);
          resetPredictions();
          untilRestart = restartInterval - 1;
        }
        for (Part part : parts) {
          Plane plane = planes[part.component()];
          JpegHuffmanTable dc = tables.huffman(0, part.dcTable());
          JpegHuffmanTable ac = tables.huffman(1, part.acTable());
          int[] quantization = tables.quantization(plane.quantization);
          int across = single ? 1 : plane.horizontal;
          int down = single ? 1 : plane.vertical;
          for (int v = 0; v < down; v++) {
            for (int h = 0; h < across; h++) {
              block(plane, dc, ac, quantization, in);
              store(plane, x * across + h, y * down + v);
            }
          }
        }
      }
      if (in.overrun()) {
        throw CodecException.damaged("JPEG scan ends before its last block");
      }
    }
  }

  private void resetPredictions() {
    for (Plane plane : planes) {
      plane.prediction = 0;
    }
  }

  private void block(
      Plane plane, JpegHuffmanTable dc, JpegHuffmanTable ac, int[] quantization, JpegBitReader in)
      throws CodecException {
    Arrays.fill(block, 0);
    int size = dc.decode(in);
    if (size > 16) {
      throw CodecException.damaged("JPEG difference of " + size + " bits");
    }
    plane.prediction += size == 0 ? 0 : in.extended(size);
    block[0] = (float) plane.prediction * quantization[0];
    for (int k = 1; k < 64; k++) {
      int code = ac.decode(in);
      int zeros = code >> 4;
      int bits = code & 0xF;
      if (bits == 0) {
        if (zeros < 15) {
          break;
        }
        k += 15;
        continue;
      }
      k += zeros;
      if (k > 63) {
        throw CodecException.damaged("JPEG block has more than 64 coefficients");
      }
      block[JpegTables.ZIGZAG[k]] = (float) in.extended(bits) * quantization[k];
    }
    JpegDct.inverse(block);
  }

  private void store(Plane plane, int blockColumn, int blockRow) {
    int to = blockRow * 8 * plane.stride + blockColumn * 8;
    for (int i = 0; i < 64; i += 8, to += plane.stride) {
      for (int x = 0; x < 8; x++) {
        int sample = Math.round(block[i + x] + center);
        plane.samples[to + x] = (short) Math.clamp(sample, 0, maximum);
      }
    }
  }

  private byte[] cells() throws CodecException {
    if (mcuColumns == 0) {
      throw CodecException.damaged("JPEG has no sequential frame");
    }
    byte[] cells = new byte[layout.byteCount()];
    int width = layout.bytesPerSample();
    int to = 0;
    for (int y = 0; y < layout.rows(); y++) {
      for (int x = 0; x < layout.columns(); x++) {
        for (Plane plane : planes) {
          int row = y * plane.vertical / maxVertical;
          int column = x * plane.horizontal / maxHorizontal;
          int sample = plane.samples[row * plane.stride + column];
          cells[to] = (byte) sample;
          if (width > 1) {
            cells[to + 1] = (byte) (sample >> 8);
          }
          to += width;
        }
      }
    }
    return cells;
  }
}
