package org.heliograph.dicom.data;

import java.util.Locale;

/** What a tag number tells by itself (PS3.5 Section 7). */
public final class Tags {
  private Tags() {}

  /** The group number. */
  public static int group(int tag) {
    return tag >>> 16;
  }

  /** The element number within the group. */
  public static int element(int tag) {
    return tag & 0xFFFF;
  }

  /** An odd group belongs to a vendor (PS3.5 7.8). */
  public static boolean isPrivate(int tag) {
    return (tag & 0x10000) != 0;
  }

  /** Elements 0010 to 00FF of an odd group reserve a block of the group for their creator. */
  public static boolean isPrivateCreator(int tag) {
    int element = element(tag);
    return isPrivate(tag) && element >= 0x10 && element <= 0xFF;
  }

  /** The private creator element that reserves the block of a private tag. */
  public static int privateCreatorOf(int tag) {
    return (tag & 0xFFFF0000) | (element(tag) >>> 8);
  }

  /** Element 0000 holds the length of its group (PS3.5 7.2). */
  public static boolean isGroupLength(int tag) {
    return element(tag) == 0;
  }

  /** {@code (gggg,eeee)}. */
  public static String toString(int tag) {
    return String.format(Locale.ROOT, "(%04X,%04X)", group(tag), element(tag));
  }

  /** Eight upper case hexadecimal digits, as DICOM JSON writes tags. */
  public static String toHex(int tag) {
    return String.format(Locale.ROOT, "%08X", tag);
  }
}
