package org.heliograph.dicom.pixel.jpeg;

import org.heliograph.dicom.pixel.codec.CodecException;

/** A Huffman table, made ready for decoding (ITU-T T.81 Annex C, F.2.2.3). */
final class JpegHuffmanTable {

  private static final int AHEAD = 9;

  /** Length × 256 + value of each code of up to nine bits, by what begins with it; else 0. */
  private final int[] lookup = new int[1 << AHEAD];

  private final int[] lastCode = new int[17];
  private final int[] offset = new int[17];
  private final byte[] values;

  /**
   * @param counts how many codes there are of 1 to 16 bits
   */
  JpegHuffmanTable(int[] counts, byte[] values) throws CodecException {
    this.values = values;
    int code = 0;
    int next = 0;
    for (int length = 1; length <= 16; length++) {
      offset[length] = next - code;
      for (int i = 0; i < counts[length - 1]; i++, code++, next++) {
        if (code >= 1 << length || next >= values.length) {
          throw CodecException.damaged("JPEG Huffman table is invalid");
        }
        if (length <= AHEAD) {
          int first = code << (AHEAD - length);
          for (int j = 0; j < 1 << (AHEAD - length); j++) {
            lookup[first + j] = length << 8 | (values[next] & 0xFF);
          }
        }
      }
      lastCode[length] = counts[length - 1] == 0 ? -1 : code - 1;
      code <<= 1;
    }
  }

  int decode(JpegBitReader in) throws CodecException {
    int bits = in.peek16();
    int entry = lookup[bits >>> (16 - AHEAD)];
    if (entry != 0) {
      in.skip(entry >>> 8);
      return entry & 0xFF;
    }
    for (int length = AHEAD + 1; length <= 16; length++) {
      int code = bits >>> (16 - length);
      if (code <= lastCode[length]) {
        in.skip(length);
        return values[code + offset[length]] & 0xFF;
      }
    }
    throw CodecException.damaged("JPEG has a code that no table knows");
  }
}
