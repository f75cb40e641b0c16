package org.heliograph.dicom.pixel.jpeg;

import org.heliograph.dicom.pixel.codec.CodecException;
import org.heliograph.dicom.pixel.codec.SampleLayout;

/** Lossless JPEG, 2 to 16 bits, all predictors and point transforms (ITU-T T.81 Annex H). */
final class JpegLosslessDecoder extends JpegScans {

  private final SampleLayout layout;
  private final byte[] cells;
  private final boolean[] decoded;

  private JpegLosslessDecoder(byte[] jpeg, JpegHeader header, SampleLayout layout) {
    super(jpeg, header);
    this.layout = layout;
    this.cells = new byte[layout.byteCount()];
    this.decoded = new boolean[header.components()];
  }

  /** The header was checked against the layout before. */
  static byte[] decode(byte[] jpeg, JpegHeader header, SampleLayout layout) throws CodecException {
    if (header.precision() < 2 || header.precision() > 16) {
      throw CodecException.damaged("lossless JPEG of " + header.precision() + " bits");
    }
    if (header.subsampled()) {
      throw CodecException.unsupported("lossless JPEG with subsampled components");
    }
    JpegLosslessDecoder decoder = new JpegLosslessDecoder(jpeg, header, layout);
    decoder.walk();
    for (boolean component : decoder.decoded) {
      if (!component) {
        throw CodecException.damaged("lossless JPEG ends before its last component");
      }
    }
    return decoder.cells;
  }

  @Override
  void frame(int from, int length) {
    // The header has it all.
  }

  @Override
  void scan(Part[] parts, int selection, int transform, JpegBitReader in) throws CodecException {
    if (selection < 1 || selection > 7 || transform >= header.precision()) {
      throw CodecException.damaged("lossless JPEG predictor " + selection);
    }
    int columns = layout.columns();
    int count = parts.length;
    JpegHuffmanTable[] codes = new JpegHuffmanTable[count];
    for (int i = 0; i < count; i++) {
      codes[i] = tables.huffman(0, parts[i].dcTable());
      decoded[parts[i].component()] = true;
    }
    int[][] above = new int[count][columns];
    int[][] lines = new int[count][columns];
    int untilRestart = restartInterval;
    int restarts = 0;
    boolean first = true;
    for (int y = 0; y < layout.rows(); y++) {
      if (restartInterval > 0 && untilRestart <= 0) {
        in.restart(restarts++);
        first = true;
        untilRestart = restartInterval;
      }
      if (restartInterval > 0 && untilRestart % columns != 0) {
        throw CodecException.unsupported("lossless JPEG with restarts within a line");
      }
      line(codes, above, lines, first ? 0 : selection, transform, in);
      if (in.overrun()) {
        throw CodecException.damaged("lossless JPEG scan ends before its last pixel");
      }
      for (int i = 0; i < count; i++) {
        store(lines[i], y, parts[i].component(), transform);
      }
      int[][] spare = above;
      above = lines;
      lines = spare;
      first = false;
      untilRestart -= columns;
    }
  }

  /**
   * @param selection the predictor, or 0 in the first line, which is predicted from the left
   */
  private void line(
      JpegHuffmanTable[] codes,
      int[][] above,
      int[][] lines,
      int selection,
      int transform,
      JpegBitReader in)
      throws CodecException {
    int center = 1 << (header.precision() - transform - 1);
    int columns = layout.columns();
    for (int x = 0; x < columns; x++) {
      for (int i = 0; i < codes.length; i++) {
        int[] line = lines[i];
        int prediction;
        if (x == 0) {
          prediction = selection == 0 ? center : above[i][0];
        } else if (selection == 0) {
          prediction = line[x - 1];
        } else {
          prediction = predict(selection, line[x - 1], above[i][x], above[i][x - 1]);
        }
        line[x] = prediction + difference(codes[i], in) & 0xFFFF;
      }
    }
  }

  private static int difference(JpegHuffmanTable codes, JpegBitReader in) throws CodecException {
    int size = codes.decode(in);
    if (size == 0) {
      return 0;
    }
    if (size >= 16) {
      if (size > 16) {
        throw CodecException.damaged("lossless JPEG difference of " + size + " bits");
      }
      return 32768;
    }
    return in.extended(size);
  }

  private static int predict(int selection, int ra, int rb, int rc) {
    return switch (selection) {
      case 1 -> ra;
      case 2 -> rb;
      case 3 -> rc;
      case 4 -> ra + rb - rc;
      case 5 -> ra + ((rb - rc) >> 1);
      case 6 -> rb + ((ra - rc) >> 1);
      default -> (ra + rb) >> 1;
    };
  }

  private void store(int[] line, int y, int component, int transform) {
    int width = layout.bytesPerSample();
    int stride = layout.samplesPerPixel() * width;
    int to = y * layout.columns() * stride + component * width;
    for (int value : line) {
      int sample = value << transform;
      cells[to] = (byte) sample;
      if (width > 1) {
        cells[to + 1] = (byte) (sample >> 8);
      }
      to += stride;
    }
  }
}
