package org.heliograph.node.spool;

/** UIDs as two characters a byte: of 200 000 in memory each byte counts. */
final class PackedUid {
  private static final String SYMBOLS = "0123456789.";
  private static final int END = 15;

  private PackedUid() {}

  static byte[] pack(String uid) {
    var packed = new byte[(uid.length() + 1) / 2];
    for (int i = 0; i < packed.length; i++) {
      int high = SYMBOLS.indexOf(uid.charAt(2 * i));
      int low = 2 * i + 1 < uid.length() ? SYMBOLS.indexOf(uid.charAt(2 * i + 1)) : END;
      packed[i] = (byte) ((high << 4) | low);
    }
    return packed;
  }

  static String unpack(byte[] packed, int from, int to) {
    var uid = new StringBuilder(2 * (to - from));
    for (int i = from; i < to; i++) {
      uid.append(SYMBOLS.charAt((packed[i] >> 4) & 0xF));
      int low = packed[i] & 0xF;
      if (low != END) {
        uid.append(SYMBOLS.charAt(low));
      }
    }
    return uid.toString();
  }
}
