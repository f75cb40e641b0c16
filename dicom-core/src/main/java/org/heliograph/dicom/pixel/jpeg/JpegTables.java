package org.heliograph.dicom.pixel.jpeg;

import java.util.Arrays;
import org.heliograph.dicom.pixel.codec.CodecException;
import org.jspecify.annotations.Nullable;

/** The tables that a stream has defined so far (ITU-T T.81 B.2.4). */
final class JpegTables {

  /** Where each coefficient of a zigzag sequence belongs (Figure A.6). */
  static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final @Nullable JpegHuffmanTable[] huffman = new @Nullable JpegHuffmanTable[8];
  private final int[][] quantization = new int[4][0];

  /** DHT: the segment's content begins behind its length. */
  void huffman(byte[] jpeg, int from, int end) throws CodecException {
    int at = from;
    while (at < end) {
      int id = jpeg[at] & 0xFF;
      int[] counts = new int[16];
      int sum = 0;
      for (int i = 0; i < 16 && at + 1 + i < end; i++) {
        counts[i] = jpeg[at + 1 + i] & 0xFF;
        sum += counts[i];
      }
      at += 17;
      if ((id & 0xEC) != 0 || sum > 256 || at + sum > end) {
        throw CodecException.damaged("JPEG Huffman table is invalid");
      }
      huffman[(id >> 4) * 4 + (id & 3)] =
          new JpegHuffmanTable(counts, Arrays.copyOfRange(jpeg, at, at + sum));
      at += sum;
    }
  }

  /** DQT: the segment's content begins behind its length. */
  void quantization(byte[] jpeg, int from, int end) throws CodecException {
    int at = from;
    while (at < end) {
      int id = jpeg[at++] & 0xFF;
      int width = id >> 4 == 0 ? 1 : 2;
      if ((id & 0xEC) != 0 || at + 64 * width > end) {
        throw CodecException.damaged("JPEG quantization table is invalid");
      }
      int[] table = new int[64];
      for (int i = 0; i < 64; i++) {
        for (int b = 0; b < width; b++) {
          table[i] = table[i] << 8 | (jpeg[at++] & 0xFF);
        }
      }
      quantization[id & 3] = table;
    }
  }

  /**
   * @param kind 0 for DC and differences, 1 for AC
   */
  JpegHuffmanTable huffman(int kind, int id) throws CodecException {
    JpegHuffmanTable table = id > 3 ? null : huffman[kind * 4 + id];
    if (table == null) {
      throw CodecException.damaged("JPEG lacks a Huffman table");
    }
    return table;
  }

  int[] quantization(int id) throws CodecException {
    int[] table = quantization[id & 3];
    if (id > 3 || table.length == 0) {
      throw CodecException.damaged("JPEG lacks a quantization table");
    }
    return table;
  }
}
