package org.heliograph.node.prepare;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.heliograph.dicom.io.DicomFormatException;

/** Where the data set of a Part 10 file begins (PS3.10 7.1), found without reading the data set. */
final class PartTenBytes {
  private static final int PREAMBLE = 128;
  private static final int MAX_META_BYTES = 64 * 1024;

  private PartTenBytes() {}

  /**
   * The digest of the data set, without group 0002.
   *
   * @throws DicomFormatException it is no Part 10 file
   */
  static FileDigest measureDataset(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), MAX_META_BYTES)) {
      passHead(in);
      return FileDigest.measure(in);
    }
  }

  /** Reads preamble and group 0002, which is always Explicit VR Little Endian. */
  static void passHead(InputStream in) throws IOException {
    byte[] start = in.readNBytes(PREAMBLE + 4);
    boolean partTen =
        start.length == PREAMBLE + 4
            && start[PREAMBLE] == 'D'
            && start[PREAMBLE + 1] == 'I'
            && start[PREAMBLE + 2] == 'C'
            && start[PREAMBLE + 3] == 'M';
    if (!partTen) {
      throw damaged("no preamble");
    }
    long total = 0;
    while (total < MAX_META_BYTES) {
      in.mark(8);
      byte[] header = in.readNBytes(8);
      if (header.length < 8 || u16(header, 0) != 2) {
        in.reset();
        return;
      }
      long length = length(in, header);
      if (length > MAX_META_BYTES) {
        throw damaged("file meta information is too long");
      }
      in.skipNBytes(length);
      total += 8 + length;
    }
    throw damaged("file meta information is too long");
  }

  private static long length(InputStream in, byte[] header) throws IOException {
    String vr = "" + (char) header[4] + (char) header[5];
    return switch (vr) {
      case "OB", "OW", "OF", "OD", "OL", "OV", "SQ", "UN", "UT", "UC", "UR", "SV", "UV" -> {
        byte[] longer = in.readNBytes(4);
        yield longer.length < 4 ? Long.MAX_VALUE : u16(longer, 0) | (long) u16(longer, 2) << 16;
      }
      default -> u16(header, 6);
    };
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  private static DicomFormatException damaged(String what) {
    return new DicomFormatException(DicomFormatException.Code.NOT_DICOM, 0, what);
  }
}
