package org.heliograph.dicom.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.io.DicomFormatException.Code;

/**
 * Parts a file (PS3.10 7.1) into what its head says and its data set, which is left to be read. A
 * file without preamble or without any file meta information is taken as well.
 */
public final class PartTenHead {
  private static final int PREAMBLE = 128;
  private static final int MAX_META_BYTES = 64 * 1024;
  private static final int SOP_CLASS_UID = 0x0002;
  private static final int SOP_INSTANCE_UID = 0x0003;
  private static final int TRANSFER_SYNTAX_UID = 0x0010;

  private final InputStream dataset;
  private String transferSyntax;
  private String sopClass = "";
  private String sopInstance = "";

  private PartTenHead(InputStream dataset, String transferSyntax) {
    this.dataset = dataset;
    this.transferSyntax = transferSyntax;
  }

  /** Transfer Syntax UID, guessed where it is not told. */
  public String transferSyntax() {
    return transferSyntax;
  }

  /** Media Storage SOP Class UID, "" where it is not told. */
  public String sopClass() {
    return sopClass;
  }

  /** Media Storage SOP Instance UID, "" where it is not told. */
  public String sopInstance() {
    return sopInstance;
  }

  /** The rest of the file: its data set, as it is encoded. */
  public InputStream dataset() {
    return dataset;
  }

  /**
   * Reads the head.
   *
   * @throws DicomFormatException the file has no head that could be read
   */
  public static PartTenHead read(InputStream file) throws IOException {
    var in = new BufferedInputStream(file, MAX_META_BYTES);
    in.mark(PREAMBLE + 4);
    byte[] start = in.readNBytes(PREAMBLE + 4);
    boolean hasPreamble =
        start.length == PREAMBLE + 4
            && "DICM".equals(new String(start, PREAMBLE, 4, StandardCharsets.US_ASCII));
    if (!hasPreamble) {
      in.reset();
    }
    var head = new PartTenHead(in, "");
    head.readMeta(in);
    if (head.transferSyntax.isEmpty()) {
      head.transferSyntax = guess(in);
    }
    if (!Uid.isValid(head.transferSyntax)) {
      throw new DicomFormatException(Code.BAD_META, 0, "no transfer syntax");
    }
    return head;
  }

  /** Group 0002 is always Explicit VR Little Endian; some writers made it implicit. */
  private void readMeta(BufferedInputStream in) throws IOException {
    int total = 0;
    while (total < MAX_META_BYTES) {
      in.mark(8);
      byte[] tag = in.readNBytes(8);
      if (tag.length < 8 || u16(tag, 0) != 0x0002) {
        in.reset();
        return;
      }
      long length = length(in, tag);
      if (length > MAX_META_BYTES) {
        throw new DicomFormatException(Code.BAD_META, total, "a value of " + length + " bytes");
      }
      byte[] value = in.readNBytes((int) length);
      if (value.length < length) {
        throw new DicomFormatException(Code.TRUNCATED, total, "ends within a value");
      }
      switch (u16(tag, 2)) {
        case SOP_CLASS_UID -> sopClass = text(value);
        case SOP_INSTANCE_UID -> sopInstance = text(value);
        case TRANSFER_SYNTAX_UID -> transferSyntax = text(value);
        default -> {}
      }
      total += 8 + value.length;
    }
    throw new DicomFormatException(Code.BAD_META, total, "it does not end");
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
  }

  private static long length(InputStream in, byte[] tag) throws IOException {
    boolean explicit = isVr(tag);
    String vr = explicit ? new String(tag, 4, 2, StandardCharsets.US_ASCII) : "";
    return switch (vr) {
      case "" -> u32(tag, 4);
      case "OB", "OW", "OF", "OD", "OL", "OV", "SQ", "UN", "UT", "UC", "UR", "SV", "UV" -> {
        byte[] longer = in.readNBytes(4);
        yield longer.length < 4 ? Long.MAX_VALUE : u32(longer, 0);
      }
      default -> u16(tag, 6);
    };
  }

  private static String guess(BufferedInputStream in) throws IOException {
    in.mark(8);
    byte[] first = in.readNBytes(8);
    in.reset();
    return first.length == 8 && isVr(first)
        ? Uids.ExplicitVrLittleEndian
        : Uids.ImplicitVrLittleEndian;
  }

  private static boolean isVr(byte[] tag) {
    return tag[4] >= 'A' && tag[4] <= 'Z' && tag[5] >= 'A' && tag[5] <= 'Z';
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  private static long u32(byte[] bytes, int at) {
    return u16(bytes, at) | (long) u16(bytes, at + 2) << 16;
  }
}
