package org.heliograph.dicom.media;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomFormatException.Code;
import org.jspecify.annotations.Nullable;

/** Cuts the Directory Record Sequence into the bytes of its items, and counts where they begin. */
final class RecordBytes {
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST_DEPTH = 16;
  private static final int MOST_RECORDS = 5_000_000;
  private static final long UNDEFINED = 0xFFFF_FFFFL;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;
  private static final String LONG_VRS = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";

  private final InputStream in;
  private long position;
  private boolean explicit = true;
  private long sequenceEnd;
  private long itemOffset;
  private int items;

  RecordBytes(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The header of an element. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Header(int tag, String vr, long length, byte[] bytes) {
    boolean isSequence() {
      return vr.equals("SQ") || length == UNDEFINED;
    }
  }

  /** Where the item that was given last begins. */
  long itemOffset() {
    return itemOffset;
  }

  /** Goes to the first item; false if the sequence is not there. */
  boolean toSequence(boolean explicitVr) throws IOException {
    byte[] start = read(132);
    if (!new String(start, 128, 4, StandardCharsets.US_ASCII).equals("DICM")) {
      throw new DicomFormatException(Code.NOT_DICOM, 0, "no preamble");
    }
    boolean meta = true;
    while (true) {
      in.mark(8);
      byte[] tag = in.readNBytes(4);
      in.reset();
      if (tag.length < 4) {
        return false;
      }
      if (meta && tag(tag, 0) >>> 16 != 2) {
        meta = false;
        explicit = explicitVr;
      }
      Header header = header();
      if (header.tag() == Tag.DirectoryRecordSequence) {
        sequenceEnd = header.length() == UNDEFINED ? Long.MAX_VALUE : position + header.length();
        return true;
      }
      if (header.length() > MOST_BYTES
          || Integer.compareUnsigned(header.tag(), Tag.DirectoryRecordSequence) > 0) {
        return false;
      }
      read((int) header.length());
    }
  }

  /** The content of the next item, or null after the last. */
  byte @Nullable [] next() throws IOException {
    if (position >= sequenceEnd) {
      return null;
    }
    itemOffset = position;
    byte[] start = read(8);
    int tag = tag(start, 0);
    if (tag == SEQUENCE_END) {
      return null;
    }
    long length = u32(start, 4);
    if (tag != ITEM) {
      throw new DicomFormatException(Code.BAD_ITEM, itemOffset, "no item in the sequence");
    }
    if (++items > MOST_RECORDS) {
      throw new DicomFormatException(Code.TOO_LARGE, itemOffset, "too many records");
    }
    if (length != UNDEFINED) {
      bound(length);
      return read((int) length);
    }
    var bytes = new ByteArrayOutputStream(1024);
    copyItem(bytes, 0);
    return bytes.toByteArray();
  }

  /** Copies elements up to the delimiter, which is left out of the outermost item. */
  private void copyItem(ByteArrayOutputStream to, int depth) throws IOException {
    while (true) {
      Header header = header();
      if (header.tag() == ITEM_END) {
        if (depth > 0) {
          copy(header.bytes(), to);
        }
        return;
      }
      copy(header.bytes(), to);
      if (header.isSequence()) {
        copySequence(header.length(), to, depth + 1);
      } else {
        bound(header.length() + to.size());
        copy(read((int) header.length()), to);
      }
    }
  }

  private void copySequence(long length, ByteArrayOutputStream to, int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new DicomFormatException(Code.TOO_DEEP, position, "sequences in a record");
    }
    if (length != UNDEFINED) {
      bound(length + to.size());
      copy(read((int) length), to);
      return;
    }
    while (true) {
      byte[] start = read(8);
      copy(start, to);
      int tag = tag(start, 0);
      if (tag == SEQUENCE_END) {
        return;
      }
      if (tag != ITEM) {
        throw new DicomFormatException(Code.BAD_ITEM, position - 8, "no item in the sequence");
      }
      long item = u32(start, 4);
      if (item == UNDEFINED) {
        copyItem(to, depth);
      } else {
        bound(item + to.size());
        copy(read((int) item), to);
      }
    }
  }

  private Header header() throws IOException {
    byte[] start = read(8);
    int tag = tag(start, 0);
    if (!explicit || tag >>> 16 == 0xFFFE) {
      return new Header(tag, "", u32(start, 4), start);
    }
    String vr = new String(start, 4, 2, StandardCharsets.US_ASCII);
    if (!vr.matches("[A-Z]{2}")) {
      throw new DicomFormatException(Code.BAD_VR, position - 4, "no VR");
    }
    if (!LONG_VRS.contains(vr)) {
      return new Header(tag, vr, u32(start, 4) >>> 16, start);
    }
    byte[] length = read(4);
    byte[] all = new byte[12];
    System.arraycopy(start, 0, all, 0, 8);
    System.arraycopy(length, 0, all, 8, 4);
    return new Header(tag, vr, u32(length, 0), all);
  }

  private void copy(byte[] bytes, ByteArrayOutputStream to) throws DicomFormatException {
    bound((long) to.size() + bytes.length);
    to.write(bytes, 0, bytes.length);
  }

  private void bound(long length) throws DicomFormatException {
    if (length > MOST_BYTES) {
      throw new DicomFormatException(Code.TOO_LARGE, itemOffset, "a record of " + length);
    }
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new DicomFormatException(Code.TRUNCATED, position, "the file ends in a record");
    }
    position += length;
    return bytes;
  }

  private static int tag(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 16
        | (bytes[at + 1] & 0xFF) << 24
        | (bytes[at + 2] & 0xFF)
        | (bytes[at + 3] & 0xFF) << 8;
  }

  private static long u32(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL)
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 3] & 0xFFL) << 24;
  }
}
