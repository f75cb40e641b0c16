package org.heliograph.dicom.pixel.jpeg;

import java.util.HexFormat;
import java.util.List;

/** The example tables of ITU-T T.81 Annex K, which most encoders use. */
final class JpegStandardTables {

  /** Table K.1. */
  static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };

  /** Table K.2. */
  static final int[] CHROMINANCE = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  /** APP0 of a JFIF 1.1 stream without density and thumbnail. */
  static final byte[] JFIF = HexFormat.of().parseHex("ffe000104a46494600010100000100010000");

  private JpegStandardTables() {}

  /** Quality 50 takes a table as it is, 100 makes every divisor 1. */
  static int[] quantization(int[] table, int quality) {
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int[] scaled = new int[64];
    for (int i = 0; i < 64; i++) {
      scaled[i] = Math.clamp((table[i] * percent + 50) / 100, 1, 255);
    }
    return scaled;
  }

  /** A Huffman code for encoding. */
  static final class Code {
    private static final String DC_VALUES = "000102030405060708090a0b";

    /** Tables K.3 and K.4. */
    static final List<Code> DC =
        List.of(
            new Code("00010501010101010100000000000000", DC_VALUES),
            new Code("00030101010101010101010000000000", DC_VALUES));

    /** Tables K.5 and K.6. */
    static final List<Code> AC =
        List.of(
            new Code(
                "0002010303020403050504040000017d",
                "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a16"
                    + "1718191a25262728292a3435363738393a434445464748494a535455565758595a636465"
                    + "666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7"
                    + "a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6"
                    + "e7e8e9eaf1f2f3f4f5f6f7f8f9fa"),
            new Code(
                "00020102040403040705040400010277",
                "0001020311040521310612415107617113223281081442"
                    + "91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a43"
                    + "4445464748494a535455565758595a636465666768696a737475767778797a8283848586"
                    + "8788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6"
                    + "c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"));

    private final byte[] counts;
    private final byte[] values;
    private final int[] codes = new int[256];
    private final int[] lengths = new int[256];

    private Code(String counts, String values) {
      this.counts = HexFormat.of().parseHex(counts);
      this.values = HexFormat.of().parseHex(values);
      int code = 0;
      int next = 0;
      for (int length = 1; length <= 16; length++) {
        for (int i = 0; i < this.counts[length - 1]; i++) {
          int value = this.values[next++] & 0xFF;
          codes[value] = code++;
          lengths[value] = length;
        }
        code <<= 1;
      }
    }

    /** A DHT segment. */
    void write(JpegBitWriter out, int id) {
      out.int16(0xFFC4);
      out.int16(19 + values.length);
      out.int8(id);
      out.bytes(counts);
      out.bytes(values);
    }

    /** The code of a run of zeros and the size of what follows, and its bits (F.1.2). */
    void put(JpegBitWriter out, int zeros, int value) {
      int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
      int symbol = zeros << 4 | size;
      out.bits(codes[symbol], lengths[symbol]);
      if (size > 0) {
        out.bits(value < 0 ? value + (1 << size) - 1 : value, size);
      }
    }
  }
}
