package org.heliograph.reader.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a file is by its first bytes. */
enum Recognition {
  DICOM,
  /** A ZIP, gzip, 7z or RAR file. */
  ARCHIVE,
  OTHER;

  /** Looks, and goes back to where the stream was; it must support that. */
  static Recognition of(InputStream in, int peeked) throws IOException {
    in.mark(peeked);
    byte[] start = in.readNBytes(peeked);
    in.reset();
    if (start.length == peeked
        && new String(start, peeked - 4, 4, StandardCharsets.US_ASCII).equals("DICM")) {
      return DICOM;
    }
    if (start.length < 8) {
      return OTHER;
    }
    return isDataset(start) ? DICOM : isArchive(start) ? ARCHIVE : OTHER;
  }

  /** Files without a preamble begin with an element of group 0002 or 0008, little endian. */
  private static boolean isDataset(byte[] start) {
    int group = u16(start, 0);
    if (group == 0x4944 && start[2] == 'C' && start[3] == 'M') {
      return true; // the prefix alone
    }
    if ((group != 0x0002 && group != 0x0008) || u16(start, 2) > 0x1200) {
      return false;
    }
    boolean explicit = isLetter(start[4]) && isLetter(start[5]);
    // Of an implicit VR, the length of one of the first elements: never much.
    return explicit || (u16(start, 6) == 0 && u16(start, 4) <= 0x400);
  }

  private static boolean isArchive(byte[] start) {
    return (start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4)
        || u16(start, 0) == 0x8B1F
        || (start[0] == '7' && start[1] == 'z' && u16(start, 2) == 0xAFBC)
        || (start[0] == 'R' && start[1] == 'a' && start[2] == 'r' && start[3] == '!');
  }

  private static boolean isLetter(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }
}
